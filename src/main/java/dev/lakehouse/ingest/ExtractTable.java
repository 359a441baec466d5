package dev.lakehouse.ingest;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Session;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Copies a MySQL table to Parquet and proves the copy equal to the table at one instant.
 *
 * <ol>
 *   <li>The table is cut along its key into ranges of even row count, which are read in parallel and written as zstd
 *       Parquet into a directory of its own.
 *   <li>In a consistent snapshot MySQL computes count and checksum of every range; Spark computes them from the files
 *       that were written. Rows of ranges that differ are read again inside the snapshot.
 *   <li>The manifest is written last: with it the extract exists.
 * </ol>
 *
 * <p>The files hold the source's columns, {@code _row_checksum BIGINT} and {@code _range INT}, and lie in folders of the
 * partition column.
 */
public final class ExtractTable extends Task {
    /** Rows per key range where nothing else is asked for. */
    static final int RANGE_ROWS = 100_000;

    private static final long TINY_FILE = 1_000_000;
    private static final int NUMEROUS = 24;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Option(
            names = "--partition",
            defaultValue = "",
            paramLabel = "NAME=EXPRESSION",
            description = "Partition column and the Spark SQL expression of it; none: one folder")
    private String partition;

    @Option(names = "--sort", split = ",", paramLabel = "COLUMN", description = "Columns that files are sorted by")
    private List<String> sort = List.of();

    @Option(
            names = "--range-rows",
            defaultValue = "" + RANGE_ROWS,
            description = "Rows per key range, the unit of proof (default: ${DEFAULT-VALUE})")
    private long rangeRows;

    @Option(
            names = "--writer-rows",
            defaultValue = "1000000",
            description = "Rows that one writer puts into its files, more of them where there are cores for more"
                    + " writers (default: ${DEFAULT-VALUE})")
    private long writerRows;

    /** Runs the task; {@code --help} of the lakehouse's command line lists the options. */
    public static void main(String[] arguments) {
        new ExtractTable().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        Result result = Result.none().table(source.table());
        context.progress(result);
        FileLayout layout = FileLayout.of(partition, sort);
        try (Connection connection = source.server().connect()) {
            SourceTable table = SourceTable.describe(source.server(), connection, source.table());
            layout.check(table.columns());
            RowFormat format = RowFormat.of(table.name(), table.columns());
            return extract(context, connection, table, format, layout);
        } catch (SQLException e) {
            throw MySqlErrors.explain(source.server(), e);
        }
    }

    private Result extract(
            TaskContext context, Connection connection, SourceTable table, RowFormat format, FileLayout layout)
            throws SQLException {
        Instant startedAt = context.clock().instant();
        Landing landing = source.landing();
        long number = landing.claim(context.task() + " at " + startedAt);
        context.progress(Result.none().table(table.name()).extract(number));
        FailPoint.pass("extract.claimed");

        KeyRanges ranges = KeyRanges.cut(connection, table, rangeRows);
        ExtractFiles files = new ExtractFiles(context.session(), landing.directory(number), format, layout);
        copy(context, table, format, ranges, files);
        FailPoint.pass("extract.written");

        Proof proof = Proof.of(context, source.server(), table, format, ranges, files, landing.scratch(number));
        FailPoint.pass("extract.proven");

        Manifest manifest = manifest(context, landing, number, table, format, layout, files, proof, startedAt);
        landing.publish(manifest);
        FailPoint.pass("extract.published");
        tell(context.report(), landing.directory(number), manifest, layout);
        return Result.none()
                .table(table.name())
                .extract(number)
                .checksum(proof.total().checksum())
                .count(Measure.ROWS_READ, proof.total().rows())
                .count(Measure.ROWS_WRITTEN, proof.total().rows())
                .count(Measure.BYTES_WRITTEN, manifest.bytes());
    }

    private void copy(TaskContext context, SourceTable table, RowFormat format, KeyRanges ranges, ExtractFiles files) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        Dataset<Row> rows = new SourceReader(context.session(), source.server())
                .rows(table, format, ranges)
                .coalesce(writers(context, ranges.count()));
        try {
            files.add(rows);
        } catch (RuntimeException e) {
            throw SourceErrors.explain(source.server(), table.name(), e);
        }
        long about = Math.max(0, ranges.count() - 1) * rangeRows;
        context.report()
                .line(
                        "read",
                        ranges.count()
                                + (ranges.count() == 1 ? " key range of " : " key ranges of ")
                                + table.name()
                                + (about == 0 ? "" : " in " + stopwatch.rate(about)));
    }

    private int writers(TaskContext context, int ranges) {
        long bySize = (ranges * rangeRows + writerRows - 1) / writerRows;
        return (int) Math.min(ranges, Math.max(bySize, Session.parallelism(context.session())));
    }

    private Manifest manifest(
            TaskContext context,
            Landing landing,
            long number,
            SourceTable table,
            RowFormat format,
            FileLayout layout,
            ExtractFiles files,
            Proof proof,
            Instant startedAt) {
        List<Manifest.DataFile> dataFiles = files.list().parallelStream()
                .map(file -> dataFile(landing, number, file))
                .toList();
        return new Manifest(
                Manifest.FORMAT,
                source.server().address(),
                table.name(),
                number,
                Manifest.FULL,
                proof.total().rows(),
                proof.total().checksum().toString(),
                proof.sums().stream()
                        .map(sum ->
                                new Manifest.Range(sum.rows(), sum.checksum().toString()))
                        .toList(),
                table.key().stream().map(ColumnDefinition::name).toList(),
                IntStream.range(0, table.columns().size())
                        .mapToObj(i -> Manifest.SourceColumn.of(
                                table.columns().get(i),
                                format.schema().fields()[i].dataType()))
                        .toList(),
                layout.partition().map(FileLayout.Partition::name).orElse(null),
                dataFiles,
                proof.server(),
                proof.logPosition().orElse(null),
                startedAt.toString(),
                proof.at().toString(),
                context.clock().instant().toString());
    }

    private static Manifest.DataFile dataFile(Landing landing, long number, StoredFile file) {
        String directory = "/" + landing.directory(number).replaceFirst(".*/", "") + "/";
        String path = file.location().substring(file.location().lastIndexOf(directory) + directory.length());
        return new Manifest.DataFile(path, file.size(), landing.files().sha256(file.location()));
    }

    private static void tell(Report report, String directory, Manifest manifest, FileLayout layout) {
        int count = manifest.files().size();
        report.line(
                "wrote",
                Report.rows(manifest.rows()) + ", " + Report.size(manifest.bytes()) + " in " + count
                        + (count == 1 ? " file" : " files") + " of extract " + manifest.extract());
        report.line("where", directory);
        if (layout.partition().isPresent() && count >= NUMEROUS && manifest.bytes() / count < TINY_FILE) {
            report.warn("Files of " + Report.size(manifest.bytes() / count) + " are tiny: partition " + source(layout)
                    + " more coarsely, or not at all.");
        }
    }

    private static String source(FileLayout layout) {
        return layout.partition().map(FileLayout.Partition::expression).orElse("");
    }
}
