package dev.lakehouse.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Maven, and what it has built.
 *
 * @param root the folder of this project
 * @param path the folders of programs, as in the variable {@code PATH}
 */
record BuildCheck(Path root, String path) {
    private static final Pattern VERSION = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)\\S*");
    private static final int OLDEST_MINOR = 8; // of version 3
    private static final int PATIENCE_SECONDS = 3;
    private static final String INSTALL = "Install Maven 3.8 or newer, and add its folder bin to PATH.";

    /** The launcher compares the same files. */
    private static final List<String> SOURCES = List.of("pom.xml", "src/main", "schemas");

    /** Whether the build is newer than the sources. */
    void build(CheckResults results) {
        Path built = root.resolve("target/local/classpath");
        String jar = "target/lakehouse.jar";
        if (!Files.exists(built) || !Files.exists(root.resolve(jar))) {
            results.problem("The project is not built.", "Build it: mvn -DskipTests package");
            return;
        }
        Optional<Path> changed = newerThan(built);
        if (changed.isPresent()) {
            results.problem(
                    "The build is older than " + root.relativize(changed.get()) + ".",
                    "Build it again, and correct what Maven reports: mvn -DskipTests package");
        } else {
            results.ok(jar + " is up to date");
        }
    }

    private Optional<Path> newerThan(Path built) {
        for (String source : SOURCES) {
            try (Stream<Path> files = Files.walk(root.resolve(source))) {
                FileTime time = Files.getLastModifiedTime(built);
                Optional<Path> changed =
                        files.filter(file -> isNewer(file, time)).findFirst();
                if (changed.isPresent()) {
                    return changed;
                }
            } catch (IOException e) {
                return Optional.of(root.resolve(source));
            }
        }
        return Optional.empty();
    }

    private static boolean isNewer(Path file, FileTime time) {
        try {
            return Files.getLastModifiedTime(file).compareTo(time) > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Maven and its version. */
    void maven(CheckResults results) {
        Optional<Path> program = program();
        if (program.isEmpty()) {
            results.problem("Maven was not found; the first use and every change of the sources need it.", INSTALL);
            return;
        }
        Optional<String> says = answer(program.get());
        Matcher version = VERSION.matcher(says.orElse(""));
        if (says.isEmpty()) {
            results.warning(
                    program.get() + " does not print its version within " + PATIENCE_SECONDS + " seconds.",
                    "Check that 'mvn --version' prints 3.8 or newer.");
        } else if (!version.find()) {
            results.problem(
                    program.get() + " does not print its version.",
                    "Run 'mvn --version', and correct what it reports, for example JAVA_HOME.");
        } else if (!isSupported(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)))) {
            results.problem(version.group() + " in " + program.get() + " is too old.", INSTALL);
        } else {
            results.ok(version.group().replace("Apache ", "") + ", " + program.get());
        }
    }

    private static boolean isSupported(int major, int minor) {
        return major > 3 || (major == 3 && minor >= OLDEST_MINOR);
    }

    private Optional<Path> program() {
        return Stream.of(path.split(Pattern.quote(System.getProperty("path.separator"))))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of("mvn", "mvn.cmd").map(name -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** What the program prints; empty if it does not end in time. */
    private static Optional<String> answer(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            // Bold text has control characters.
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\u001B\\[[\\d;]*m", ""));
        } catch (IOException e) {
            return Optional.of(""); // it cannot be run
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
