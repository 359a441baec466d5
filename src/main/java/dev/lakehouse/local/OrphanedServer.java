package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A server process whose command was killed. */
final class OrphanedServer {
    private OrphanedServer() {}

    /**
     * Stops the process in a pid file, if it still runs and is the server of this data directory. The pid may meanwhile
     * belong to another program.
     */
    static void terminate(Path pidFile, Path data, Duration limit) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process =
                pid(pidFile).flatMap(ProcessHandle::of).filter(running -> serves(running, data));
        if (process.isPresent()) {
            // A zombie process (as in a container without an init) has no arguments.
            terminate(process.get(), limit, running -> !serves(running, data));
        }
        Files.deleteIfExists(pidFile);
    }

    /** Stops a process: requests it, waits, and then kills the process if it still runs. Returns when it has ended. */
    static void terminate(ProcessHandle process, Duration limit) {
        terminate(process, limit, running -> !running.isAlive());
    }

    private static void terminate(ProcessHandle process, Duration limit, Predicate<ProcessHandle> gone) {
        process.destroy();
        if (!ends(process, limit, gone)) {
            process.destroyForcibly();
            if (!ends(process, limit, gone)) {
                throw new UserError(
                        "The local MySQL server does not stop (process " + process.pid() + ").",
                        "It could not be killed.",
                        "End the process manually, then run the command again.");
            }
        }
    }

    private static Optional<Long> pid(Path pidFile) throws IOException {
        try {
            return Optional.of(Long.parseLong(Files.readString(pidFile).strip()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // truncated by a crash: the process has ended too
        }
    }

    private static boolean serves(ProcessHandle process, Path data) {
        ProcessHandle.Info info = process.info();
        // If the system does not return arguments (Windows), the program's name is compared.
        return process.isAlive()
                && info.commandLine()
                        .map(line -> line.contains("--datadir=" + data))
                        .orElseGet(() -> info.command().orElse("").contains("mysqld"));
    }

    private static boolean ends(ProcessHandle process, Duration limit, Predicate<ProcessHandle> gone) {
        Instant end = Instant.now().plus(limit);
        boolean interrupted = false;
        while (!gone.test(process) && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                // An interrupt does not end the wait, because an incomplete stop could damage the data.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return gone.test(process);
    }
}
