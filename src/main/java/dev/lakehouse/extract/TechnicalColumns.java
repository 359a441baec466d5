package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names that the lakehouse gives to columns of its own beside those of a source. The list is closed: any other name is
 * a source's, also one that begins with an underscore.
 */
public final class TechnicalColumns {
    /** In Delta tables. The names that the floors above give are here as text; a test compares them. */
    private static final Set<String> IN_TABLES =
            Set.of(RowFormat.CHECKSUM, "_extract", Target.LOADED_AT, Quality.REASONS);

    /** In files of an extract, in what is compared on the way, and Spark's own column of a file's metadata. */
    private static final Set<String> ON_THE_WAY =
            Set.of(RowFormat.RANGE, "_source", "_delta", "_bad", "_difference", "_metadata");

    private static final String READERS_KEY = "_key\\d+";

    private TechnicalColumns() {}

    /** Whether a column of a Delta table is the lakehouse's own. */
    public static boolean isInTables(String column) {
        return IN_TABLES.contains(lower(column));
    }

    /** Refuses source columns that are called like the lakehouse's own, all of them at once. */
    static void refuse(SourceTable table) {
        List<String> taken = table.columns().stream()
                .map(ColumnDefinition::name)
                .filter(TechnicalColumns::isReserved)
                .toList();
        if (!taken.isEmpty()) {
            throw new UserError(
                    "Table '" + table.name() + "' has columns that are called like the lakehouse's own: "
                            + String.join(", ", taken) + ".",
                    "Beside the source's columns an extract and its Delta table hold technical columns of these names"
                            + " (upper and lower case are the same).",
                    "Rename the columns in the source.");
        }
    }

    /** Whether the lakehouse gives the name, in any case, to a column of its own. */
    public static boolean isReserved(String column) {
        String name = lower(column);
        return IN_TABLES.contains(name)
                || ON_THE_WAY.contains(name)
                || MergePlan.technicalColumns().contains(name)
                || name.matches(READERS_KEY);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
