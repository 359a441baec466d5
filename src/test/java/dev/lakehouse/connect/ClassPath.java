package dev.lakehouse.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Class paths that are not the project's own, each the dependencies of a file in {@code src/test/poms}. Maven resolves
 * them; the result is kept below {@code target}. A test that wants one that cannot be resolved is skipped.
 */
final class ClassPath {
    static final Path ROOT = Path.of(System.getProperty("lakehouse.root"));
    static final Path JAR = ROOT.resolve("target/lakehouse.jar");

    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

    private ClassPath() {}

    /** The jars that a POM asks for. */
    static List<Path> of(String pom) {
        try {
            Path file = ROOT.resolve("src/test/poms/" + pom + ".xml");
            String versions =
                    System.getProperty("lakehouse.spark.version") + System.getProperty("lakehouse.delta.version");
            int content = (Files.readString(file) + versions).hashCode();
            Path known = ROOT.resolve("target/class-paths/" + pom + "-" + Integer.toHexString(content));
            if (!Files.exists(known) || jars(known).anyMatch(jar -> !Files.exists(jar))) {
                resolve(file, known);
            }
            return jars(known).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The begin of a command that runs a class on a class path. */
    static List<String> java(String heap, List<Path> classPath) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + ROOT.resolve("jvm.options"),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
    }

    private static Stream<Path> jars(Path list) throws IOException {
        return Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
                .map(Path::of);
    }

    private static void resolve(Path pom, Path result) throws IOException {
        Files.createDirectories(result.getParent());
        Path made = result.resolveSibling(result.getFileName() + "." + UUID.randomUUID());
        List<String> command = new ArrayList<>(List.of(
                maven(),
                "--batch-mode",
                "--quiet",
                "-Dstyle.color=never",
                "--file=" + pom,
                GOAL,
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + made,
                "-Dspark.version=" + System.getProperty("lakehouse.spark.version"),
                "-Ddelta.version=" + System.getProperty("lakehouse.delta.version")));
        String repository = System.getProperty("lakehouse.maven.repository");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        ProcessBuilder maven = new ProcessBuilder(command).redirectErrorStream(true);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = maven.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!Files.exists(made)) {
            Assumptions.abort("Maven cannot resolve " + pom.getFileName() + ": "
                    + output.lines().findFirst().orElse("it says nothing"));
        }
        Files.move(made, result, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String maven() {
        String home = System.getProperty("lakehouse.maven");
        String command = File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
        return home == null ? command : home + "/bin/" + command;
    }
}
