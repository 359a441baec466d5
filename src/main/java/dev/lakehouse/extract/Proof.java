package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractFiles.Contents;
import dev.lakehouse.extract.copy.CopiedGroup;
import dev.lakehouse.extract.copy.InvalidDateRows;
import dev.lakehouse.extract.copy.RangeGroup;
import dev.lakehouse.extract.copy.TableCopy;
import dev.lakehouse.extract.copy.WrittenFile;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.task.Background;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The proof that the files of an extract equal the table at one instant.
 *
 * @param sums count and checksum per key range, as the files have them
 * @param source the same as MySQL computed them, and of the rows as they were read; they are equal unless columns are masked
 * @param files the files
 * @param nulled how many dates that are not in the calendar were copied as NULL
 * @param invalid the sum of their rows, see {@link InvalidDateRows}
 * @param copiedAgain how many rows were copied again, in groups with rows that changed meanwhile
 * @param at the instant of the snapshot
 * @param server the server's version
 * @param logPosition its binary log's position just before
 */
record Proof(
        List<RangeSum> sums,
        List<RangeSum> source,
        List<WrittenFile> files,
        long nulled,
        RangeSum invalid,
        long copiedAgain,
        Instant at,
        String server,
        Optional<String> logPosition) {

    RangeSum total() {
        return RangeSum.total(sums);
    }

    /**
     * Compares what was copied with the table in a snapshot. Groups that differ are copied again, in the snapshot. While MySQL
     * works, the files are read back; if groups were copied again, this is repeated without the snapshot.
     *
     * @param copied the groups as they were copied
     */
    static Proof of(
            TaskContext context,
            MySqlServer server,
            SourceTable table,
            KeyRanges ranges,
            TableCopy copy,
            List<CopiedGroup> copied,
            ExtractFiles files) {
        List<String> asCopied = paths(copied.stream().flatMap(group -> group.files().stream()));
        files.keepOnly(asCopied); // also refuses files that the driver does not see
        try (Background<Contents> reading = Background.start(() -> files.contents(asCopied, ranges.count()))) {
            Proof proof = inSnapshot(context, server, table, ranges, copy, copied);
            Step.part("summing files", proof.total().rows());
            Contents contents = reading.result();
            List<String> kept = paths(proof.files().stream());
            if (!kept.equals(asCopied)) {
                files.keepOnly(kept);
                contents = files.contents(kept, ranges.count());
            }
            proof.require(contents, files.directory());
            return proof;
        }
    }

    private static Proof inSnapshot(
            TaskContext context,
            MySqlServer server,
            SourceTable table,
            KeyRanges ranges,
            TableCopy copy,
            List<CopiedGroup> copied) {
        try (Snapshot snapshot = Snapshot.open(server, table, table.rowFormat())) {
            Instant at = context.clock().instant();
            String version = snapshot.serverVersion();
            Optional<String> logPosition = snapshot.logPosition();
            List<RangeSum> wanted = snapshot.sums(ranges);
            InvalidDateRows invalidDates = InvalidDateRows.of(table, copy.masks());
            snapshot.requireUniqueKey(RangeSum.total(wanted).rows());
            FailPoint.pass("extract.compared");
            RangeSum[] written = new RangeSum[wanted.size()];
            List<WrittenFile> files = new ArrayList<>();
            long nulled = 0;
            RangeSum invalid = RangeSum.EMPTY;
            long copiedAgain = 0;
            for (CopiedGroup group : copied) {
                CopiedGroup kept = group;
                List<String> conditions = group.group().conditions();
                if (!group.sums().equals(group.group().part(wanted))
                        || !group.invalid().equals(invalidDates.sum(snapshot, conditions))) {
                    Step.part("copying again");
                    kept = again(snapshot, copy, group.group(), wanted);
                    copiedAgain += kept.rows();
                }
                files.addAll(kept.files());
                nulled += kept.nulled();
                invalid = invalid.plus(kept.invalid());
                for (int i = 0; i < kept.written().size(); i++) {
                    written[kept.group().first() + i] = kept.written().get(i);
                }
            }
            snapshot.requireUnaltered();
            return new Proof(List.of(written), wanted, files, nulled, invalid, copiedAgain, at, version, logPosition);
        }
    }

    private static CopiedGroup again(Snapshot snapshot, TableCopy copy, RangeGroup group, List<RangeSum> wanted) {
        CopiedGroup again;
        try {
            again = copy.on(snapshot::read, group);
        } catch (SQLException e) {
            throw new IllegalStateException("A snapshot explains its exceptions", e);
        }
        List<RangeSum> sums = group.part(wanted);
        if (!again.sums().equals(sums)) {
            Optional<UserError> fault = snapshot.faults()
                    .notUtf8(IntStream.range(0, sums.size())
                            .filter(i -> !sums.get(i).equals(again.sums().get(i)))
                            .mapToObj(group.conditions()::get)
                            .toList())
                    .or(snapshot::notTransactional);
            if (fault.isEmpty()) {
                snapshot.requireSameSums(group.conditions(), sums);
            }
            snapshot.requireUnaltered();
            throw fault.<RuntimeException>map(error -> error)
                    .orElseGet(() -> new IllegalStateException("A copy differs from the snapshot that it was read in"));
        }
        return again;
    }

    private static List<String> paths(Stream<WrittenFile> files) {
        return files.map(WrittenFile::path).toList();
    }

    private void require(Contents contents, String directory) {
        Map<String, Long> written = files.stream().collect(Collectors.toMap(WrittenFile::path, WrittenFile::rows));
        boolean sameCounts = IntStream.range(0, sums.size())
                .allMatch(i -> sums.get(i).rows() == source.get(i).rows());
        if (!sameCounts
                || !contents.ranges().equals(sums)
                || !contents.rowsByFile().equals(written)) {
            throw new IllegalStateException("The files in " + directory + " do not hold what was written to them");
        }
    }
}
