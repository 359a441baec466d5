package dev.lakehouse.ingest;

import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

    static final String NEEDS_DEDICATED_COMPUTE = "Its executors reach no MySQL server except through Unity Catalog.";

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final SourceGuard guard = new SourceGuard();

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
        context.progress(Result.none().table(source.table()));
        Compute.requireDedicated(context.session(), name(), NEEDS_DEDICATED_COMPUTE);
        FileLayout layout = FileLayout.of(partition, sort);
        MySqlServer server = source.server();
        try (Connection connection = server.connect()) {
            SourceTable table = SourceTable.describe(server, connection, source.table());
            layout.check(table.columns());
            Landing landing = source.landing();
            SourceIdentity identity = SourceIdentity.of(server, connection);
            guard.check(landing, identity);
            return new Extraction(context, server, table, layout, landing, identity, guard)
                    .run(connection, rangeRows, writerRows);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }
}
