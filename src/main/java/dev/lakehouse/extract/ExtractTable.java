package dev.lakehouse.extract;

import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.SourceAltered;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceOptions;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/**
 * Copies a MySQL table to Parquet and proves the copy equal to the table at one instant. Nothing is copied if the newest
 * extract is equal to the table already: it is then proven to be so at this later instant.
 *
 * <ol>
 *   <li>The table is divided by its key into ranges of equal row count. Groups of ranges are read in parallel and
 *       written as zstd Parquet into a new directory; the checksum of each row is computed on the way.
 *   <li>MySQL computes count and checksum of every range in a consistent snapshot, from the values in clear. They are compared
 *       with those of the rows as they were read, before their masked columns were replaced. Groups with a range that differs are
 *       copied again inside the snapshot. Spark computes counts and checksums from the files that were written.
 *   <li>The manifest is written last. Without it, the extract does not exist for readers.
 * </ol>
 *
 * <p>If the table is altered meanwhile, the extract starts again, at most a few times.
 *
 * <p>The files contain the source's columns, {@code _row_checksum BIGINT} and {@code _range INT}, and are in folders of
 * the partition column.
 */
public final class ExtractTable extends Task {
    /** How often an extract is attempted if the table is altered meanwhile. */
    private static final int ATTEMPTS = 3;

    static final String NEEDS_DEDICATED_COMPUTE = "It can reach a MySQL server only through Unity Catalog.";

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final ExtractOptions extracts = new ExtractOptions();

    @Mixin
    private final LayoutOptions options = new LayoutOptions();

    @Mixin
    private final SourceGuard guard = new SourceGuard();

    /** Runs the task. */
    public static void main(String[] arguments) {
        new ExtractTable().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        context.progress(Result.none().table(extracts.table()));
        Compute.requireDedicated(context.session(), name(), NEEDS_DEDICATED_COMPUTE);
        FileLayout layout = options.layout();
        MySqlServer server = source.server();
        for (int attempt = 1; ; attempt++) {
            try {
                return extract(context, server, layout);
            } catch (SourceAltered e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                context.report().warn(e.problem() + " The extract starts again.");
            }
        }
    }

    private Result extract(TaskContext context, MySqlServer server, FileLayout layout) {
        try (Connection connection = server.connect()) {
            SourceTable table = SourceTable.describe(server, connection, extracts.table(), source.settings());
            Optional<MaskKey> key = source.maskKey(table.settings());
            TechnicalColumns.refuse(table);
            layout.check(context.session(), table, table.rowFormat());
            Landing landing = extracts.landing(server);
            SourceIdentity identity = SourceIdentity.of(server, connection);
            guard.check(landing, identity);
            Instant startedAt = context.clock().instant();
            return new Extraction(
                            context,
                            server,
                            table,
                            layout,
                            options.settings(table.settings(), key),
                            landing,
                            identity,
                            guard,
                            key,
                            startedAt)
                    .run(connection);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }
}
