package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.local.HomeAccess;
import dev.lakehouse.local.HomeServers;
import dev.lakehouse.local.PlannedServer;
import dev.lakehouse.local.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A home and what killed commands left in it.
 *
 * @param directory of the home, which need not exist
 */
record HomeCheck(Path directory) {

    /** Whether a command could open the home. */
    void access(CheckResults results) {
        HomeAccess.check(directory);
        results.ok(
                Files.exists(directory)
                        ? directory + " can be used, and no other command uses it"
                        : directory + " does not exist yet, and can be created");
        leftBehind(results);
    }

    /** Only of a home that no command uses: a running one has such files, too. */
    private void leftBehind(CheckResults results) {
        List<Path> rows = files(LocalEnvironment.pendingRows(directory)).stream()
                .filter(file -> file.toString().endsWith(".json"))
                .toList();
        if (!rows.isEmpty()) {
            results.note("rows of the ledger that a command which was killed has not committed: " + rows.size()
                    + "; the next run commits them");
        }
        long scratch = files(LocalEnvironment.scratch(directory)).stream()
                .mapToLong(HomeCheck::size)
                .sum();
        if (scratch > 0) {
            results.note(MachineCheck.megabytes(scratch) + " of temporary files were left by a command that was killed;"
                    + " the next run deletes them");
        }
    }

    /** The servers that a command on this home would use. */
    void servers(ServerOptions options, CheckResults results) {
        for (PlannedServer<?> server : HomeServers.of(directory, options).all()) {
            results.ok(
                    server.isUndecided()
                            ? server.name()
                                    + " runs in a container if Docker can run one at its first use, else embedded"
                            : server.description());
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(
                    "The folder " + folder + " cannot be read.",
                    "This user may not read it, or the disk does not work.",
                    "Check its permissions.",
                    e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // deleted meanwhile
        }
    }
}
