package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Whether the embedded MySQL server (MariaDB) can run on this system, as far as this is known without starting it. */
public final class EmbeddedMySqlCheck {
    /** What the server's program is linked with on Linux, besides the C library. */
    static final List<String> LIBRARIES =
            List.of("libcrypt.so.1", "libsystemd.so.0", "libstdc++.so.6", "libgcc_s.so.1");

    private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");
    private static final String OTHERS = ", or use your own server (--mysql) or containers (--servers containers).";
    private static final int PATIENCE_SECONDS = 3;

    private EmbeddedMySqlCheck() {}

    /**
     * Returns the server's version if nothing is missing.
     *
     * @param home the home's directory, which need not exist
     * @throws UserError if something is missing
     */
    public static String version(Path home) {
        MariaDbFiles files = MariaDbFiles.in(MariaDbFiles.programs(home.toAbsolutePath()));
        if (!files.areOnTheClassPath()) {
            throw unusable(
                    "The class path has no MariaDB for this machine (" + System.getProperty("os.name") + ", "
                            + System.getProperty("os.arch") + ").",
                    "Use your own server (--mysql) or containers (--servers containers).");
        }
        if (Files.exists(files.server()) && !Files.isExecutable(files.server())) {
            throw unusable(
                    "This user may not run " + files.server() + ", or its file system forbids programs (noexec).",
                    "Give a --home on another file system" + OTHERS);
        }
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            checkLinux(LIBRARIES);
        }
        return MariaDbFiles.VERSION;
    }

    static void checkLinux(List<String> libraries) {
        if (!Files.exists(LOADER)) {
            throw unusable(
                    "Its programs are for Linux with glibc on x86-64, and this system has no " + LOADER + ".",
                    "Use a distribution with glibc" + OTHERS);
        }
        List<String> missing = missing(libraries);
        if (!missing.isEmpty()) {
            throw unusable(
                    "The operating system lacks libraries that it needs: " + String.join(", ", missing) + ".",
                    "Install them (on Debian and Ubuntu: apt-get install libcrypt1 libsystemd0 libstdc++6 libgcc-s1)"
                            + OTHERS);
        }
    }

    /** Lets the system's loader load the libraries into a program that does nothing; it names those that it cannot load. */
    private static List<String> missing(List<String> libraries) {
        try {
            ProcessBuilder command = new ProcessBuilder("true").redirectErrorStream(true);
            command.environment().put("LD_PRELOAD", String.join(":", libraries));
            Process loading = command.start();
            loading.getOutputStream().close();
            if (!loading.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                loading.destroyForcibly();
            }
            String says = new String(loading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return libraries.stream().filter(says::contains).toList();
        } catch (IOException e) {
            return List.of(); // unknown: the system has no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static UserError unusable(String cause, String fix) {
        return new UserError(
                "The embedded MySQL server (MariaDB " + MariaDbFiles.VERSION + ") cannot run here.", cause, fix);
    }
}
