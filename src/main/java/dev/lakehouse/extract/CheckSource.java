package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceOptions;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/**
 * Finds in seconds what would make an extract fail after an hour. It checks that the server answers and that the
 * account may read the table; that the table has a key, only columns of supported types, and a storage engine with
 * snapshots; that the layout options fit the table; that its dates exist in the calendar; that the landing can be
 * listed and its extracts are from this source; and that the compute can run an extract. It names all that it finds, and changes
 * nothing.
 */
public final class CheckSource extends Task {
    private static final String ABOUT = """
            SELECT engine, COALESCE(table_rows, 0), COALESCE(data_length, 0)
            FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = ?
            """;

    private static final String CANNOT = "Table '%s' cannot be extracted";

    /** The search for invalid dates is limited. The extract reports those that are not found here. */
    private static final int SECONDS_FOR_DATES = 2;

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
        new CheckSource().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        context.progress(Result.none().table(extracts.table()));
        Compute.requireDedicated(context.session(), name(), ExtractTable.NEEDS_DEDICATED_COMPUTE);
        FileLayout layout = options.layout();
        MySqlServer server = source.server();
        Landing landing = extracts.landing(server);
        List<UserError> refusals = new ArrayList<>();
        try (Connection connection = server.connect()) {
            reportServer(context.report(), server, connection);
            TableCheck check =
                    TableCheck.of(server, connection, extracts.table(), source.settings(), SECONDS_FOR_DATES);
            SourceTable table = check.table();
            reportTable(context.report(), connection, table);
            refusals.addAll(check.errors());
            collect(refusals, () -> MaskReport.write(context.report(), table, source.maskKey(table.settings())));
            collect(refusals, () -> layout.checkSort(table));
            collect(refusals, () -> guard.check(landing, SourceIdentity.of(server, connection)));
            check.rowFormat()
                    .ifPresent(
                            format -> collect(refusals, () -> layout.checkPartition(context.session(), table, format)));
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
        if (!refusals.isEmpty()) {
            throw UserError.all(CANNOT.formatted(extracts.table()), refusals);
        }
        OptionalLong newest = landing.newest();
        context.report()
                .line(
                        "landing",
                        landing.root()
                                + (newest.isEmpty()
                                        ? ": no extract yet"
                                        : ": the newest extract is " + newest.getAsLong()));
        return Result.none().table(extracts.table());
    }

    /** Collects a refusal, so that one run shows all of them. */
    private static void collect(List<UserError> refusals, Runnable check) {
        try {
            check.run();
        } catch (UserError e) {
            refusals.add(e);
        }
    }

    private static void reportServer(Report report, MySqlServer server, Connection connection) throws SQLException {
        report.line(
                "server",
                connection.getMetaData().getDatabaseProductVersion() + " at " + server.address() + ", as "
                        + server.user());
    }

    private static void reportTable(Report report, Connection connection, SourceTable table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ABOUT)) {
            query.setString(1, table.name());
            try (ResultSet about = query.executeQuery()) {
                about.next();
                String engine = about.getString(1);
                boolean isView = engine == null;
                String key = table.key().stream().map(ColumnDefinition::name).collect(Collectors.joining(", "));
                report.line(
                        "table",
                        table.name() + ": " + Report.count(table.columns().size(), "column")
                                + (table.hasKey() ? ", key " + key : ", without a key")
                                + (isView
                                        ? ", a view"
                                        : ", about " + Report.rows(about.getLong(2)) + ", "
                                                + Report.size(about.getLong(3))));
                if (!table.settings().where().isEmpty()) {
                    report.line("rows", "only those" + table.settings().printedWhere());
                }
                if (!isView && !table.isIndexed(connection)) {
                    report.warn(
                            "No index begins with the key, so each key range reads the whole table. Add an index, or raise"
                                    + " --range-rows (in a workflow the parameter 'range_rows').");
                }
                if (engine != null && !"InnoDB".equalsIgnoreCase(engine)) {
                    report.warn("The table's storage engine is " + engine + ", which has no snapshots. An extract"
                            + " fails if the table is written to meanwhile. Convert the table to InnoDB.");
                }
            }
        }
    }
}
