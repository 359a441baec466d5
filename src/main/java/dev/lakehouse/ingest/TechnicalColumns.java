package dev.lakehouse.ingest;

import dev.lakehouse.UserError;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Target;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names that the lakehouse gives to columns of its own beside those of a source. The list is closed: any other name is
 * a source's, also one that begins with an underscore.
 */
final class TechnicalColumns {
    /** In Delta tables. */
    private static final Set<String> IN_TABLES =
            Set.of(RowFormat.CHECKSUM, TargetTable.EXTRACT, Target.LOADED_AT, Quality.REASONS);

    /** In files of an extract, in what is compared on the way, and Spark's own column of a file's metadata. */
    private static final Set<String> ON_THE_WAY = Set.of(
            RowFormat.RANGE,
            ReconcileTable.SOURCE,
            ReconcileTable.DELTA,
            ReconcileTable.IN_QUARANTINE,
            ReconcileTable.DIFFERENCE,
            ReconcileTable.COUNT,
            "_metadata");

    private static final String READERS_KEY = "_key\\d+";

    private TechnicalColumns() {}

    /** Whether a column of a Delta table is the lakehouse's own. */
    static boolean isInTables(String column) {
        return IN_TABLES.contains(lower(column));
    }

    /** Refuses source columns that are called like the lakehouse's own, all of them at once. */
    static void refuse(String table, Collection<ColumnDefinition> columns) {
        List<String> taken = columns.stream()
                .map(ColumnDefinition::name)
                .filter(TechnicalColumns::isReserved)
                .toList();
        if (!taken.isEmpty()) {
            throw new UserError(
                    "Table '" + table + "' has columns that are called like the lakehouse's own: "
                            + String.join(", ", taken) + ".",
                    "Beside the source's columns an extract and its Delta table hold technical columns of these names"
                            + " (upper and lower case are the same).",
                    "Rename the columns in the source.");
        }
    }

    /** Whether the lakehouse gives the name, in any case, to a column of its own. */
    static boolean isReserved(String column) {
        String name = lower(column);
        return IN_TABLES.contains(name)
                || ON_THE_WAY.contains(name)
                || MergePlan.technicalColumns().contains(name) || name.matches(READERS_KEY);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
