package dev.lakehouse.database;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.TableCheck;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.SourceOptions;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plan of how the tables of a database are copied.
 *
 * @param server the server's product and version
 * @param tables the wanted tables, by name
 * @param gone tables in the file that the database does not have any more
 * @param pace how long the copy takes
 */
public record DatabasePlan(String server, List<TablePlan> tables, List<String> gone, Pace pace) {
    /** The time for the search for dates that are not in the calendar, of all tables and of one. */
    private static final int SECONDS_FOR_DATES = 8;

    private static final int SECONDS_FOR_DATES_OF_ONE = 1;

    /**
     * Reads the definitions of a database's tables. Nothing is copied, and nothing is written.
     *
     * @param before the file of the database, if there is one: the settings of its tables are kept
     */
    public static DatabasePlan of(MySqlServer server, Choices choices, Optional<SourceFile> before) {
        Map<String, TableSettings> known = before.map(SourceFile::tables).orElse(Map.of());
        try (Connection connection = server.connect()) {
            List<DatabaseTable> all = DatabaseTable.all(server, connection);
            List<String> names = all.stream().map(DatabaseTable::name).toList();
            choices.requireUsed(names);
            List<DatabaseTable> wanted = all.stream()
                    .filter(table -> known.containsKey(table.name()) || choices.wants(table.name()))
                    .toList();
            if (wanted.isEmpty()) {
                throw new UserError(
                        "There is no table to copy in " + server.address() + ".",
                        "The database has none that user '" + server.user() + "' can see.",
                        "Check the database's name, and grant SELECT on its tables.");
            }
            Inspection inspection = new Inspection(server, connection, choices, new Targets(known));
            List<TablePlan> plans = wanted.stream()
                    .map(table -> inspection.plan(table, Optional.ofNullable(known.get(table.name()))))
                    .toList();
            return new DatabasePlan(
                    connection.getMetaData().getDatabaseProductVersion(),
                    plans,
                    known.keySet().stream()
                            .filter(name -> !names.contains(name))
                            .toList(),
                    Pace.measured(connection, plans));
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** The tables that are copied. */
    List<TablePlan> copied() {
        return tables.stream().filter(TablePlan::isCopied).toList();
    }

    /** Plans one table after the other. */
    private static final class Inspection {
        private final MySqlServer server;
        private final Connection connection;
        private final Choices choices;
        private final Targets targets;
        private final long end = System.nanoTime() + SECONDS_FOR_DATES * 1_000_000_000L;

        Inspection(MySqlServer server, Connection connection, Choices choices, Targets targets) {
            this.server = server;
            this.connection = connection;
            this.choices = choices;
            this.targets = targets;
        }

        TablePlan plan(DatabaseTable table, Optional<TableSettings> before) {
            boolean isDecided = before.isPresent()
                    && (before.get().isCopied()
                            || choices.settings(table.name()).equals(TableSettings.NONE));
            TableSettings settings = isDecided ? before.get() : choices.settings(table.name());
            if (!settings.isCopied()) {
                return new TablePlan(table, settings, Optional.empty(), List.of());
            }
            TableCheck check;
            try {
                check = TableCheck.of(
                        server,
                        connection,
                        table.name(),
                        SourceOptions.settings(settings.options()),
                        secondsForDates());
            } catch (UserError e) {
                List<TableCheck.Refusal> refusals = List.of(new TableCheck.Refusal(TableCheck.Decision.NONE, e));
                return new TablePlan(table, isDecided ? settings : skipped(refusals), Optional.empty(), refusals);
            }
            if (!isDecided) {
                settings = check.refusals().isEmpty()
                        ? settings.withPartition(FileSize.partition(check.table(), table.bytes())
                                        .orElse(null))
                                .withTarget(targets.of(table.name()))
                        : skipped(check.refusals());
            }
            return new TablePlan(table, settings, Optional.of(check.table()), check.refusals());
        }

        private int secondsForDates() {
            return System.nanoTime() < end ? SECONDS_FOR_DATES_OF_ONE : 0;
        }

        private static TableSettings skipped(List<TableCheck.Refusal> refusals) {
            return TableSettings.NONE.withSkip(TablePlan.reason(refusals));
        }
    }

    /** The names of Delta tables, each of which is used once; every table may have a quarantine. */
    private static final class Targets {
        private final Set<String> taken = new HashSet<>();

        Targets(Map<String, TableSettings> known) {
            known.forEach((name, settings) -> take(settings.target(name)));
        }

        private void take(String target) {
            taken.add(target);
            taken.add(target + "_quarantine");
        }

        /** The name for a table; null if it is its own name in lower case. */
        String of(String table) {
            String lower = table.toLowerCase(Locale.ROOT);
            String wanted = lower.replaceAll("[^a-z0-9_]", "_");
            String target = wanted;
            for (int i = 2; taken.contains(target) || taken.contains(target + "_quarantine"); i++) {
                target = wanted + "_" + i;
            }
            take(target);
            return target.equals(lower) ? null : target;
        }
    }

    /** The names of the tables that are copied, as the text of a JSON array, one per line. */
    static String inputs(List<String> names) {
        return names.stream().map(Json::text).collect(Collectors.joining(",\n", "[", "]"));
    }

    static List<String> copiedNames(List<TablePlan> plans) {
        List<String> names = new ArrayList<>();
        plans.stream().filter(TablePlan::isCopied).map(TablePlan::name).forEach(names::add);
        return names;
    }
}
