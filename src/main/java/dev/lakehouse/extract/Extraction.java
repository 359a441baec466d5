package dev.lakehouse.extract;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceReader;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.Parallelism;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.IntStream;

/** Makes one extract of one table, from claiming its number to writing its manifest. */
record Extraction(
        TaskContext context,
        MySqlServer server,
        SourceTable table,
        FileLayout layout,
        Landing landing,
        SourceIdentity identity,
        SourceGuard guard,
        Instant startedAt) {
    private static final long TINY_FILE = 1_000_000;
    private static final int NUMEROUS = 24;

    /**
     * Extracts the table and reports the result.
     *
     * @param rangeRows rows per key range
     * @param writerRows rows per writer
     */
    Result run(Connection connection, long rangeRows, long writerRows) throws SQLException {
        long number = landing.claim(context.task() + " at " + startedAt);
        Result result = Result.none().table(table.name()).extract(number);
        context.progress(result);
        FailPoint.pass("extract.claimed");

        TaskContext.Stopwatch stopwatch = context.stopwatch();
        KeyRanges ranges = KeyRanges.cut(connection, table, rangeRows);
        ExtractFiles files = new ExtractFiles(context.session(), landing.directory(number), table.rowFormat(), layout);
        copy(ranges, files, writers(ranges.count(), rangeRows, writerRows));
        TaskContext.Stopwatch copied = stopwatch.stopped();
        FailPoint.pass("extract.written");

        Proof proof = prove(ranges, files, new ScratchSpace(landing.scratch(number)));
        RangeSum total = proof.total();
        FailPoint.pass("extract.proven");

        Step.part("publishing");
        Manifest manifest = manifest(number, files, proof);
        // Checked again, because the first extracts of two sources of one name may run at the same time.
        guard.check(landing, identity);
        landing.publish(manifest);
        FailPoint.pass("extract.published");
        report(manifest, proof, copied);
        return result.checksum(total.checksum())
                .count(Measure.ROWS_READ, total.rows())
                .count(Measure.ROWS_WRITTEN, total.rows())
                .count(Measure.BYTES_WRITTEN, manifest.bytes());
    }

    private void copy(KeyRanges ranges, ExtractFiles files, int writers) {
        Step.part("copying", ranges.rows());
        try {
            files.add(new SourceReader(context.session(), server)
                    .rows(table, table.rowFormat(), ranges)
                    .coalesce(writers));
        } catch (RuntimeException e) {
            throw new SourceErrors(server, table, table.rowFormat(), layout).explain(e);
        }
    }

    private Proof prove(KeyRanges ranges, ExtractFiles files, ScratchSpace scratch) {
        try {
            return Proof.of(context, server, table, table.rowFormat(), ranges, files, scratch);
        } catch (RuntimeException e) {
            throw new SourceErrors(server, table, table.rowFormat(), layout).explain(e);
        }
    }

    /** As many as needed for the size of the files, but at least one per core. */
    private int writers(int ranges, long rangeRows, long writerRows) {
        long bySize = (ranges * rangeRows + writerRows - 1) / writerRows;
        return (int) Math.min(ranges, Math.max(bySize, Parallelism.of(context.session())));
    }

    private Manifest manifest(long number, ExtractFiles files, Proof proof) {
        return new Manifest(
                Manifest.FORMAT,
                landing.source(),
                identity.database(),
                identity.serverUuid().orElse(null),
                identity.address(),
                table.name(),
                number,
                Manifest.FULL,
                proof.total().rows(),
                proof.total().checksum().toString(),
                RowFormat.FORM,
                proof.sums().stream().map(Manifest.Range::of).toList(),
                table.key().stream().map(ColumnDefinition::name).toList(),
                IntStream.range(0, table.columns().size())
                        .mapToObj(i -> Manifest.SourceColumn.of(
                                table.columns().get(i),
                                table.rowFormat().schema().fields()[i].dataType()))
                        .toList(),
                layout.partition().map(FileLayout.Partition::name).orElse(null),
                files.list().parallelStream()
                        .map(file -> dataFile(files.pathBelow(file.location()), file, proof))
                        .toList(),
                proof.server(),
                proof.logPosition().orElse(null),
                startedAt.toString(),
                proof.at().toString(),
                context.clock().instant().toString());
    }

    private static Manifest.DataFile dataFile(String path, StoredFile file, Proof proof) {
        String sha256 = FileStore.of(file.location()).sha256(file.location());
        return new Manifest.DataFile(path, file.size(), proof.rowsByFile().getOrDefault(path, 0L), sha256);
    }

    private void report(Manifest manifest, Proof proof, TaskContext.Stopwatch copied) {
        Report report = context.report();
        long rows = manifest.rows();
        int files = manifest.files().size();
        report.line(
                "read",
                Report.rows(rows) + " of " + table.name() + " in "
                        + Report.count(proof.sums().size(), "key range") + " (" + copied.rate(rows) + ")");
        if (proof.readAgain() > 0) {
            report.line("corrected", Report.rows(proof.readAgain()) + " read again: changed while they were read");
        }
        report.line(
                "proof",
                "source = Parquet: " + Report.rows(rows) + ", checksum " + manifest.checksum() + " ("
                        + proof.took().rate(rows) + ")");
        report.line(
                "wrote",
                Report.rows(rows) + ", " + Report.size(manifest.bytes()) + " in " + Report.count(files, "file")
                        + " of extract " + manifest.extract());
        report.line("where", landing.directory(manifest.extract()));
        layout.partition()
                .filter(partition -> files >= NUMEROUS && manifest.bytes() / files < TINY_FILE)
                .ifPresent(partition -> report.warn("Files of " + Report.size(manifest.bytes() / files)
                        + " are tiny. Use a coarser partition expression than " + partition.expression() + ", or"
                        + " none."));
    }
}
