package dev.lakehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Builds of the same sources are the same, byte for byte, wherever and whenever they are made: in another folder, with
 * files made in another order and under another umask, time zone and language.
 */
@Tag("databricks")
final class ReproducibleBuildTest {
    private static final List<String> BUILT = List.of("lakehouse.jar", "lakehouse-sbom.json");
    private static final Set<String> NOT_SOURCES = Set.of(".git", "target", ".lakehouse");
    // Below the build's own folder, because the system's may be too small for two checkouts' builds.
    private static final Path FOLDER = DeployedJar.ROOT.resolve("target/reproducible");

    @Test
    void twoBuildsOfTheSameSourcesAreTheSameBytes() throws Exception {
        assumeThat(isMavenThere()).as("mvn on the PATH").isTrue();

        String one = built("one", false, "022", Map.of("TZ", "UTC", "LC_ALL", "C"));
        String two = built("another/two", true, "077", Map.of("TZ", "America/New_York", "LC_ALL", "C.UTF-8"));

        assertThat(two).isEqualTo(one);
        delete(FOLDER);
    }

    private static String built(String name, boolean reversed, String umask, Map<String, String> environment)
            throws Exception {
        Path checkout = FOLDER.resolve(name);
        delete(checkout);
        copySources(checkout, reversed);
        Path log = FOLDER.resolve(checkout.getFileName() + ".log");
        ProcessBuilder build = new ProcessBuilder(
                        "sh",
                        "-c",
                        // Not offline, or the bill of materials would be left out; everything is cached by now.
                        "umask " + umask + " && exec mvn -B -q -Dstyle.color=never -Dmaven.test.skip=true"
                                + " -Dspotless.apply.skip=true -Dspotless.check.skip=true package")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        build.environment().putAll(environment);
        Process process = build.start();
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        StringBuilder hashes = new StringBuilder();
        for (String file : BUILT) {
            byte[] bytes = Files.readAllBytes(checkout.resolve("target").resolve(file));
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            hashes.append(file)
                    .append(' ')
                    .append(HexFormat.of().formatHex(hash))
                    .append('\n');
        }
        return hashes.toString();
    }

    private static void copySources(Path checkout, boolean reversed) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(DeployedJar.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean isSource = !NOT_SOURCES.contains(String.valueOf(folder.getFileName()));
                return isSource ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !NOT_SOURCES.contains(String.valueOf(file.getFileName()))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        if (reversed) {
            Collections.reverse(files);
        }
        for (Path file : files) {
            Path copy = checkout.resolve(DeployedJar.ROOT.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static boolean isMavenThere() {
        try {
            Process version =
                    new ProcessBuilder("mvn", "-v").redirectErrorStream(true).start();
            String said = new String(version.getInputStream().readAllBytes(), UTF_8);
            return version.waitFor() == 0 && said.contains("Maven");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
