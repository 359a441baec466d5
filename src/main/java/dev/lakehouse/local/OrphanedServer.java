package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** A server process that outlived the command that started it, because that command was killed. */
final class OrphanedServer {
    private OrphanedServer() {}

    /**
     * Stops the process that a pid file names, if it still runs and is the server of this data directory: a pid may long
     * belong to a program of someone else's.
     */
    static void terminate(Path pidFile, Path data, Duration limit) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process =
                pid(pidFile).flatMap(ProcessHandle::of).filter(running -> serves(running, data));
        if (process.isPresent()) {
            // One that has ended but that no parent collects (as in a container without an init) has no arguments.
            terminate(process.get(), limit, running -> !serves(running, data));
        }
        Files.deleteIfExists(pidFile);
    }

    /** Asks a process to end, waits, and ends it by force only when it does not; returns when it is gone. */
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
                        "It does not react, not even to being ended by force.",
                        "End that process by hand, then run the command again.");
            }
        }
    }

    private static Optional<Long> pid(Path pidFile) throws IOException {
        try {
            return Optional.of(Long.parseLong(Files.readString(pidFile).strip()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // cut short by a crash: whatever ran then is gone
        }
    }

    private static boolean serves(ProcessHandle process, Path data) {
        ProcessHandle.Info info = process.info();
        // Where the system does not tell the arguments (Windows), the program's name has to do.
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
                // Stopping a server is finished all the same: its data are worth more than the time.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return gone.test(process);
    }
}
