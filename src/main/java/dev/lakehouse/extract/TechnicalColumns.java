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
 * The names of the technical columns that are stored with a source's columns. The list is complete: any other name may
 * be used by a source, even if it begins with an underscore.
 */
public final class TechnicalColumns {
    /** In Delta tables. Names that are defined in packages above are repeated here; a test compares them. */
    private static final Set<String> IN_TABLES =
            Set.of(RowFormat.CHECKSUM, "_extract", Target.LOADED_AT, Quality.REASONS);

    /** In files of an extract, in comparisons, and Spark's column of file metadata. */
    private static final Set<String> ON_THE_WAY =
            Set.of(RowFormat.RANGE, RowFormat.INVALID_DATES, "_source", "_delta", "_bad", "_difference", "_metadata");

    private static final String READERS_KEY = "_key\\d+";

    private TechnicalColumns() {}

    /** Whether a column of a Delta table is a technical column. */
    public static boolean isInTables(String column) {
        return IN_TABLES.contains(lower(column));
    }

    /** Refuses a table with columns whose names are reserved, and names all of them. */
    static void refuse(SourceTable table) {
        List<String> taken = table.columns().stream()
                .map(ColumnDefinition::name)
                .filter(TechnicalColumns::isReserved)
                .toList();
        if (!taken.isEmpty()) {
            throw new UserError(
                    "Table '" + table.name() + "' has columns whose names are reserved: " + String.join(", ", taken)
                            + ".",
                    "Extracts and Delta tables also contain technical columns of these names (case is ignored).",
                    "Rename the columns in the source.");
        }
    }

    /** Whether the name, in any case, is that of a technical column. */
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
