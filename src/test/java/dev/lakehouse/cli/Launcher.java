package dev.lakehouse.cli;

import dev.lakehouse.local.Containers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line as a person uses it: {@code ./lakehouse} in a process of its own, in a directory of its own, with
 * embedded servers, under a time zone and a language that programs do not expect.
 */
final class Launcher {
    private static final Path SCRIPT =
            Path.of(System.getProperty("lakehouse.root"), "lakehouse").toAbsolutePath();
    private static final String HOSTILE = "-Duser.timezone=America/Bahia_Banderas -Duser.language=tr -Duser.country=TR";
    // Commands on a few rows end before what the second compiler makes pays off: they take half the time without it.
    private static final String QUICK_START = " -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_MUCH_WORK = Duration.ofMinutes(60);

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final Duration longest;

    private Launcher(List<String> command, Path directory, Map<String, String> environment, Duration longest) {
        this.command = command;
        this.directory = directory;
        this.environment = environment;
        this.longest = longest;
    }

    /** Started in that directory, where its outputs are kept and the default home is made. */
    static Launcher in(Path directory) {
        return script(directory, HOSTILE + QUICK_START, LONGEST);
    }

    /** The same for commands whose speed counts. */
    static Launcher forMuchWorkIn(Path directory) {
        return script(directory, HOSTILE, LONGEST_MUCH_WORK);
    }

    private static Launcher script(Path directory, String jvmOptions, Duration longest) {
        return new Launcher(
                List.of(SCRIPT.toString()),
                directory,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JDK_JAVA_OPTIONS",
                        jvmOptions + " " + String.join(" ", Containers.images())),
                longest);
    }

    /** Without the script, on another project than the one that was built. */
    static Launcher ofProject(Path root) {
        return new Launcher(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + SCRIPT.resolveSibling("jvm.options"),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlakehouse.root=" + root,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Lakehouse.class.getName()),
                root,
                Map.of(),
                LONGEST);
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws Exception {
        return start(arguments).end();
    }

    /** Runs the lines of an input in a shell with embedded servers. */
    Ended runShell(String input) throws Exception {
        Path lines = Files.writeString(Files.createTempFile(directory, "shell", ".in"), input);
        return start(ProcessBuilder.Redirect.from(lines.toFile()), "--servers", "embedded", "shell")
                .end();
    }

    /** Starts a command. */
    Running start(String... arguments) throws IOException {
        return start(ProcessBuilder.Redirect.PIPE, arguments);
    }

    private Running start(ProcessBuilder.Redirect input, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "command", ".out");
        Path err = Files.createTempFile(directory, "command", ".err");
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectInput(input)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err, new ConcurrentSkipListSet<>(), longest);
    }

    /**
     * A command at work.
     *
     * @param commandLines what the process list showed of it and its children so far (on Linux)
     * @param longest after which it is taken for one that hangs
     */
    record Running(Process process, Path out, Path err, Set<String> commandLines, Duration longest) {
        /** Waits until its output holds a text. */
        void await(String text) throws Exception {
            long deadline = System.nanoTime() + longest.toNanos();
            while (!Files.readString(out).contains(text)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("'" + text + "' was never printed; but: " + end());
                }
                look();
            }
        }

        /** Waits until it ends. */
        Ended end() throws Exception {
            long deadline = System.nanoTime() + longest.toNanos();
            while (process.isAlive()) {
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("It did not end in " + longest + ": " + Files.readString(out));
                }
                look();
            }
            return new Ended(process.waitFor(), Files.readString(out), withoutNotice(Files.readString(err)));
        }

        /** Ends it as a crash would, leaving its children behind. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        private void look() throws Exception {
            try (Stream<ProcessHandle> children = process.descendants()) {
                Stream.concat(Stream.of(process.toHandle()), children)
                        .map(child -> Path.of("/proc", Long.toString(child.pid()), "cmdline"))
                        .forEach(file -> {
                            try {
                                commandLines.add(Files.readString(file));
                            } catch (IOException e) {
                                // It has ended meanwhile, or there is no such list here.
                            }
                        });
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }

        /** The JVM itself says so where options come by its environment. */
        private static String withoutNotice(String text) {
            return text.replaceFirst("NOTE: Picked up JDK_JAVA_OPTIONS:.*\\R", "");
        }
    }

    /** What a command left: its exit status and what it printed. */
    record Ended(int status, String out, String err) {}
}
