package dev.lakehouse.extract;

import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The proof that the files of an extract equal the table at one instant.
 *
 * @param sums count and checksum per key range, as MySQL and as Spark computed them
 * @param rowsByFile rows per file, by its path below the extract's directory
 * @param readAgain how many rows were read again because they changed while they were read
 * @param at the instant of the snapshot
 * @param server the server's version
 * @param logPosition its binary log's position just before
 * @param took how long the proof took
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
     * Compares the files with the table in a snapshot, corrects the differences, and compares again. The checksums of
     * the files are computed first, so that the snapshot is open only while MySQL works.
     *
     * @param scratch a location for temporary data
     */
    static Proof of(
            TaskContext context,
            MySqlServer server,
            SourceTable table,
            RowFormat format,
            KeyRanges ranges,
            ExtractFiles files,
            ScratchSpace scratch) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        ExtractFiles.Contents written = files.contents(ranges.count(), ranges.rows());
        FailPoint.pass("extract.summed");
        try (Snapshot snapshot = Snapshot.open(server, table, format)) {
            Instant at = context.clock().instant();
            Optional<String> logPosition = snapshot.logPosition();
            List<RangeSum> wanted = snapshot.sums(ranges);
            FailPoint.pass("extract.compared");
            List<Integer> differing = differing(wanted, written.ranges());
            long readAgain = 0;
            if (!differing.isEmpty()) {
                Step.part("correcting");
                readAgain = new SnapshotRepair(context.session(), files, format, scratch)
                        .run(snapshot, differing, ranges.conditions(table.quotedKey()));
                written = files.contents(ranges.count(), ranges.rows());
                List<Integer> still = differing(wanted, written.ranges());
                if (!still.isEmpty()) {
                    List<String> conditions = ranges.conditions(table.quotedKey());
                    throw snapshot.faults()
                            .notUtf8(still.stream().map(conditions::get).toList())
                            .or(snapshot::notTransactional)
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

    private static List<Integer> differing(List<RangeSum> wanted, List<RangeSum> written) {
        return IntStream.range(0, wanted.size())
                .filter(i -> !wanted.get(i).equals(written.get(i)))
                .boxed()
                .toList();
    }
}
