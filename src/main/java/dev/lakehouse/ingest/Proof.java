package dev.lakehouse.ingest;

import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * That the files of an extract equal the table at one instant, and the circumstances of that instant.
 *
 * @param sums count and checksum per key range, as MySQL and as Spark computed them
 * @param rowsByFile rows per file, by its path below the extract's directory
 * @param readAgain how many rows had changed while they were read, and were read again
 * @param at the instant
 * @param server the server's version
 * @param logPosition its binary log's position just before
 * @param took how long it took
 */
record Proof(
        List<RangeSum> sums,
        Map<String, Long> rowsByFile,
        long readAgain,
        Instant at,
        String server,
        Optional<String> logPosition,
        TaskContext.Stopwatch took) {

    RangeSum total() {
        return RangeSum.total(sums);
    }

    /**
     * Compares the files with the table in a snapshot, corrects what differs, compares again.
     *
     * @param scratch a place for what is needed on the way
     */
    static Proof of(
            TaskContext context,
            MySqlServer server,
            SourceTable table,
            RowFormat format,
            KeyRanges ranges,
            ExtractFiles files,
            String scratch) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        try (Snapshot snapshot = Snapshot.open(server, table, format)) {
            Instant at = context.clock().instant();
            Optional<String> logPosition = snapshot.logPosition();
            // MySQL and Spark compute at the same time, each on cores of its own.
            CompletableFuture<List<RangeSum>> inMySql = CompletableFuture.supplyAsync(() -> snapshot.sums(ranges));
            ExtractFiles.Contents written = files.contents(ranges.count());
            List<RangeSum> wanted = join(inMySql);
            List<Integer> differing = differing(wanted, written.ranges());
            long readAgain = 0;
            if (!differing.isEmpty()) {
                readAgain = new Correction(context.session(), files, format, scratch)
                        .run(snapshot, differing, ranges.conditions(table.quotedKey()));
                written = files.contents(ranges.count());
                if (!differing(wanted, written.ranges()).isEmpty()) {
                    throw snapshot.notTransactional()
                            .orElseThrow(() -> new IllegalStateException(
                                    "The extract of " + table.name() + " differs from its snapshot after correction"));
                }
            }
            return new Proof(
                    wanted,
                    written.rowsByFile(),
                    readAgain,
                    at,
                    snapshot.serverVersion(),
                    logPosition,
                    stopwatch.stopped());
        }
    }

    private static List<RangeSum> join(CompletableFuture<List<RangeSum>> sums) {
        try {
            return sums.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static List<Integer> differing(List<RangeSum> wanted, List<RangeSum> written) {
        return IntStream.range(0, wanted.size())
                .filter(i -> !wanted.get(i).equals(written.get(i)))
                .boxed()
                .toList();
    }
}
