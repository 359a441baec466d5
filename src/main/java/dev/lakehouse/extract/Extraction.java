package dev.lakehouse.extract;

import dev.lakehouse.extract.copy.CopiedGroup;
import dev.lakehouse.extract.copy.RangeGroup;
import dev.lakehouse.extract.copy.TableCopy;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.InvalidDates;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.RowMasks;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.Parallelism;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.storage.TaskFiles;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes one extract of one table, from claiming its number to writing its manifest. */
record Extraction(
        TaskContext context,
        MySqlServer server,
        SourceTable table,
        FileLayout layout,
        Manifest.Layout settings,
        Landing landing,
        SourceIdentity identity,
        SourceGuard guard,
        Optional<MaskKey> key,
        Instant startedAt) {
    private static final long TINY_FILE = 1_000_000;
    private static final int NUMEROUS = 24;

    /** Extracts the table and reports the result. If its newest extract is still equal to it, nothing is copied. */
    Result run(Connection connection) throws SQLException {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        KeyRanges ranges = KeyRanges.cut(connection, table, settings.rangeRows());
        return context.adaptedTo(ranges.rows(), () -> run(ranges, stopwatch));
    }

    private Result run(KeyRanges ranges, TaskContext.Stopwatch stopwatch) {
        Optional<Manifest> same =
                new UnchangedCheck(context, server, table, settings, landing, identity, key).sameExtract(ranges);
        if (same.isPresent()) {
            return unchanged(same.get(), stopwatch.stopped());
        }

        long number = landing.claim(context.task() + " at " + startedAt);
        Result result = Result.none().table(table.name()).extract(number);
        context.progress(result);
        FailPoint.pass("extract.claimed");

        List<RangeGroup> groups = RangeGroup.of(ranges.conditions(table), writers(ranges.count()));
        TableCopy copy = tableCopy(landing.directory(number));
        Step.part("copying", ranges.rows());
        List<CopiedGroup> written = explained(() -> copy.inTasks(context.session(), groups));
        TaskContext.Stopwatch copied = stopwatch.stopped();
        FailPoint.pass("extract.written");

        ExtractFiles files = new ExtractFiles(context.session(), landing.directory(number), table.fileFormat());
        TaskContext.Stopwatch proving = context.stopwatch();
        Proof proof = explained(() -> Proof.of(context, server, table, ranges, copy, written, files));
        TaskContext.Stopwatch proven = proving.stopped();
        RangeSum total = proof.total();
        FailPoint.pass("extract.proven");

        Step.part("publishing");
        Manifest manifest = manifest(number, proof);
        // Checked again, because the first extracts of two sources of one name may run at the same time.
        guard.check(landing, identity);
        landing.publish(manifest);
        FailPoint.pass("extract.published");
        report(manifest, proof, copied, proven);
        return result.checksum(total.checksum())
                .count(Measure.ROWS_READ, total.rows())
                .count(Measure.ROWS_WRITTEN, total.rows())
                .count(Measure.BYTES_WRITTEN, manifest.bytes())
                .count(Measure.DATES_NULLED, proof.nulled());
    }

    private Result unchanged(Manifest same, TaskContext.Stopwatch compared) {
        context.report()
                .line(
                        "unchanged",
                        table.printed() + " = extract " + same.extract() + ": " + Report.rows(same.rows())
                                + ", checksum " + same.checksum() + " (" + compared.rate(same.rows()) + ")");
        context.report().line("where", landing.directory(same.extract()));
        new ClearExtracts(landing, table).warn(context.report(), same.extract());
        return Result.none()
                .table(table.name())
                .extract(same.extract())
                .checksum(same.total().checksum())
                .count(Measure.ROWS_READ, same.rows())
                .count(Measure.ROWS_WRITTEN, 0)
                .count(Measure.BYTES_WRITTEN, 0);
    }

    private TableCopy tableCopy(String directory) {
        RowFormat format = table.fileFormat();
        return new TableCopy(
                server.login(),
                SqlText.identifier(table.name()),
                table.reader(),
                RowMasks.of(table, key),
                format.fileSchema(),
                layout.sortedBy(format.schema()),
                layout.folder(context.session(), format.schema()),
                TaskFiles.of(directory),
                directory,
                context.session().version());
    }

    private <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (Exception e) { // also SparkException, which Spark throws undeclared
            throw new SourceErrors(server, table, table.rowFormat(), layout).explain(e);
        }
    }

    /** As many as needed for the size of the files, but at least one per core. */
    private int writers(int ranges) {
        long bySize = (ranges * settings.rangeRows() + settings.writerRows() - 1) / settings.writerRows();
        return (int) Math.min(ranges, Math.max(bySize, Parallelism.of(context.session())));
    }

    private Manifest manifest(long number, Proof proof) {
        return new Manifest(
                Manifest.FORMAT,
                landing.source(),
                identity.database(),
                identity.serverUuid().orElse(null),
                identity.address(),
                table.name(),
                table.comment().isEmpty() ? null : table.comment(),
                number,
                Manifest.FULL,
                proof.total().rows(),
                proof.total().checksum().toString(),
                key.map(known -> known.hash(RangeSum.total(proof.source()))).orElse(null),
                RowFormat.FORM,
                IntStream.range(0, proof.sums().size())
                        .mapToObj(i -> Manifest.Range.of(
                                proof.sums().get(i), proof.source().get(i), key))
                        .toList(),
                table.key().stream().map(ColumnDefinition::name).toList(),
                Manifest.SourceColumn.of(table),
                layout.partition().map(FileLayout.Partition::name).orElse(null),
                settings,
                settings.invalidDates() == InvalidDates.QUARANTINE ? Manifest.InvalidRows.of(proof.invalid()) : null,
                proof.files().stream()
                        .map(file -> new Manifest.DataFile(file.path(), file.bytes(), file.rows(), file.sha256()))
                        .sorted(Comparator.comparing(Manifest.DataFile::path))
                        .toList(),
                proof.server(),
                proof.logPosition().orElse(null),
                startedAt.toString(),
                proof.at().toString(),
                context.clock().instant().toString());
    }

    private void report(Manifest manifest, Proof proof, TaskContext.Stopwatch copied, TaskContext.Stopwatch proven) {
        Report report = context.report();
        long rows = manifest.rows();
        int files = manifest.files().size();
        report.line(
                "read",
                Report.rows(rows) + " of " + table.printed() + " in "
                        + Report.count(proof.sums().size(), "key range") + " (" + copied.rate(rows) + ")");
        if (proof.copiedAgain() > 0) {
            report.line(
                    "corrected",
                    Report.rows(proof.copiedAgain())
                            + " copied again in the snapshot: rows in their key ranges changed meanwhile");
        }
        if (proof.nulled() > 0) {
            report.warn(
                    Report.count(proof.nulled(), "date") + " not in the calendar, such as 0000-00-00, copied as NULL."
                            + (manifest.invalidDates() == InvalidDates.QUARANTINE
                                    ? " A load quarantines their rows."
                                    : " --invalid-dates=refuse names columns and keys."));
        }
        report.line(
                "proof",
                "source = Parquet: " + Report.rows(rows)
                        + (table.settings().where().isEmpty() ? "" : " of " + table.printed()) + ", checksum "
                        + manifest.checksum() + " ("
                        + proven.rate(rows) + ")");
        report.line(
                "wrote",
                Report.rows(rows) + ", " + Report.size(manifest.bytes()) + " in " + Report.count(files, "file")
                        + " of extract " + manifest.extract());
        report.line("where", landing.directory(manifest.extract()));
        MaskReport.write(report, table, key);
        new ClearExtracts(landing, table).warn(report, manifest.extract());
        layout.partition()
                .filter(partition -> files >= NUMEROUS && manifest.bytes() / files < TINY_FILE)
                .ifPresent(partition -> report.warn("Files of " + Report.size(manifest.bytes() / files)
                        + " are tiny. Use a coarser partition expression than " + partition.expression() + ", or"
                        + " none."));
    }
}
