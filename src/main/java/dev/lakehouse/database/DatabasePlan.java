package dev.lakehouse.database;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.TableCheck;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.SourceOptions;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.SourceFile;
import dev.lakehouse.task.TableSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan of how the tables of a database are copied.
 *
 * @param server the server's product and version
 * @param tables the wanted tables, by name
 * @param gone tables in the file that the database does not have any more, or that are left out from now on
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
        long start = System.nanoTime();
        try (Connection connection = server.connect()) {
            Duration toLogIn = Duration.ofNanos(System.nanoTime() - start);
            List<DatabaseTable> all = DatabaseTable.all(server, connection);
            List<String> names = all.stream().map(DatabaseTable::name).toList();
            choices.requireUsed(names, before);
            List<DatabaseTable> wanted = all.stream()
                    .filter(table -> known.containsKey(table.name())
                            ? !choices.leavesOut(table.name(), before)
                            : choices.wants(table.name()))
                    .toList();
            if (wanted.isEmpty()) {
                throw nothing(server, all.isEmpty());
            }
            Inspection inspection = new Inspection(server, connection, choices, new Targets(known));
            List<TablePlan> plans = wanted.stream()
                    .map(table -> inspection.plan(table, Optional.ofNullable(known.get(table.name()))))
                    .toList();
            return new DatabasePlan(
                    connection.getMetaData().getDatabaseProductVersion(),
                    plans,
                    known.keySet().stream()
                            .filter(name ->
                                    plans.stream().noneMatch(plan -> plan.name().equals(name)))
                            .toList(),
                    Pace.measured(connection, plans, toLogIn));
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** The tables that are copied. */
    List<TablePlan> copied() {
        return tables.stream().filter(TablePlan::isCopied).toList();
    }

    /** Whether no table is copied. */
    public boolean copiesNothing() {
        return copied().isEmpty();
    }

    private static UserError nothing(MySqlServer server, boolean isEmpty) {
        return new UserError(
                "There is no table to copy in " + server.address() + ".",
                isEmpty
                        ? "The database has none that user '" + server.user() + "' can see."
                        : "The patterns of tables leave out all that the database has.",
                isEmpty
                        ? "Check the database's name, and grant SELECT on its tables."
                        : "Correct --tables and --exclude, or 'include' and 'exclude' in the file.");
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

        /**
         * A table that is not copied stays so, unless what was decided now is what it waits for. A reason that a person wrote is
         * not of that kind.
         */
        TablePlan plan(DatabaseTable table, Optional<TableSettings> before) {
            boolean isSkipped = before.isPresent() && !before.get().isCopied();
            if (isSkipped && !choices.concern(table.name())) {
                return new TablePlan(table, before.get(), Optional.empty(), List.of());
            }
            TableSettings known = before.orElse(TableSettings.NONE).withSkip(null);
            Check check = check(table, known);
            if (isSkipped
                    && !TablePlan.reason(check.refusals()).equals(before.get().skip())) {
                return new TablePlan(table, before.get(), Optional.empty(), List.of());
            }
            TableSettings settings =
                    choices.apply(table.name(), known, check.needed(), before.isEmpty() && check.hasDates());
            if (!settings.equals(known)) {
                check = check(table, settings);
            }
            if (before.isEmpty() || isSkipped) {
                settings = check.refusals().isEmpty()
                        ? completed(table, settings, check)
                        : settings.withSkip(TablePlan.reason(check.refusals()));
            }
            return new TablePlan(table, settings, check.table(), check.refusals());
        }

        private TableSettings completed(DatabaseTable table, TableSettings settings, Check check) {
            String target = Optional.ofNullable(settings.target()).orElseGet(() -> targets.of(table.name()));
            Optional<String> partition = Optional.ofNullable(settings.partition())
                    .or(() -> check.table().flatMap(known -> FileSize.partition(known, table.bytes())));
            return settings.placed(target, partition.orElse(null));
        }

        private Check check(DatabaseTable table, TableSettings settings) {
            try {
                TableCheck check = TableCheck.of(
                        server,
                        connection,
                        table.name(),
                        SourceOptions.settings(settings.options()),
                        secondsForDates());
                return new Check(Optional.of(check.table()), check.refusals());
            } catch (UserError e) {
                return new Check(Optional.empty(), List.of(new TableCheck.Refusal(TableCheck.Decision.NONE, e)));
            }
        }

        /** A table's definition, if it can be read, and why the table cannot be copied as it is set. */
        private record Check(Optional<SourceTable> table, List<TableCheck.Refusal> refusals) {

            Set<TableCheck.Decision> needed() {
                return refusals.stream().map(TableCheck.Refusal::decision).collect(Collectors.toSet());
            }

            boolean hasDates() {
                return table.filter(FileSize::hasDates).isPresent();
            }
        }

        private int secondsForDates() {
            return System.nanoTime() < end ? SECONDS_FOR_DATES_OF_ONE : 0;
        }
    }

    /** The names of Delta tables, each of which is used once; every table may have a quarantine. */
    private static final class Targets {
        private final Map<String, String> taken = new HashMap<>();

        Targets(Map<String, TableSettings> known) {
            known.forEach((name, settings) -> take(name, settings.target(name).toLowerCase(Locale.ROOT)));
        }

        private void take(String table, String target) {
            taken.putIfAbsent(target, table);
            taken.putIfAbsent(target + TableName.QUARANTINE, table);
        }

        private boolean isFree(String table, String target) {
            return Stream.of(target, target + TableName.QUARANTINE)
                    .allMatch(name -> taken.getOrDefault(name, table).equals(table));
        }

        /** The name for a table; null if it is its own name in lower case. */
        String of(String table) {
            String lower = table.toLowerCase(Locale.ROOT);
            String wanted = lower.replaceAll("[^a-z0-9_]", "_");
            String target = wanted;
            for (int i = 2; !isFree(table, target); i++) {
                target = wanted + "_" + i;
            }
            take(table, target);
            return target.equals(lower) ? null : target;
        }
    }
}
