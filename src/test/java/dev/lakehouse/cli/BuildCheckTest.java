package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildCheckTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path temp;

    @Test
    void aProjectIsToBeBuiltUntilTheBuildIsNewerThanItsSources() throws IOException {
        Path source = touch("src/main/java/A.java");
        touch("schemas/a/t.sql");
        touch("pom.xml");
        assertThat(build()).startsWith("problem").contains("not built", "mvn -DskipTests package");

        touch("target/lakehouse.jar");
        touch("target/local/classpath");
        age("src");
        age("schemas");
        age("pom.xml");
        assertThat(build()).startsWith("ok");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(build()).startsWith("problem").contains("older than src/main/java/A.java");
    }

    @Test
    void mavenIsFoundOnThePathWithItsVersion() throws IOException {
        assertThat(maven(System.getenv("PATH"))).startsWith("ok").contains("Maven 3.");

        program("echo 'Apache Maven 4.0.0-rc-3 (abc)'");
        assertThat(maven("/none:" + temp)).startsWith("ok").contains("Maven 4.0.0-rc-3, " + temp.resolve("mvn"));
    }

    @Test
    void aMavenThatIsMissingOldOrBrokenIsAProblem() throws IOException {
        assertThat(maven(temp.toString())).startsWith("problem").contains("Maven was not found", "3.8");

        program("echo 'Apache Maven 3.6.3'");
        assertThat(maven(temp.toString())).startsWith("problem").contains("Apache Maven 3.6.3", "too old");

        program("echo 'JAVA_HOME is wrong' >&2; exit 1");
        assertThat(maven(temp.toString())).startsWith("problem").contains("does not print its version");
    }

    private void program(String script) throws IOException {
        Path program = Files.writeString(temp.resolve("mvn"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private String maven(String path) {
        CheckResults results = new CheckResults("maven");
        new BuildCheck(temp, path).maven(results);
        return text(results);
    }

    private String build() {
        CheckResults results = new CheckResults("build");
        new BuildCheck(temp, "").build(results);
        return text(results);
    }

    private static String text(CheckResults results) {
        assertThat(results.all()).hasSize(1);
        return String.join("\n", results.all().get(0).lines());
    }

    private Path touch(String name) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }

    private void age(String name) throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve(name))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, LONG_AGO);
            }
        }
    }
}
