package dev.lakehouse.database;

import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.SourceTable;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** The partition of the files of an extract, for tables that are large enough to profit from one. */
final class FileSize {
    /** From this size in MySQL on: about a fourth of it as Parquet, and then some files of 128 MB for each of some years. */
    private static final long LARGE = 8_000_000_000L;

    private static final Set<String> DATES = Set.of("date", "datetime", "timestamp");

    private FileSize() {}

    /**
     * The year of a date that every row has, preferably the one that the row was created at, which does not change; empty if
     * the table is not large or has no such date.
     */
    static Optional<String> partition(SourceTable table, long bytes) {
        return bytes < LARGE
                ? Optional.empty()
                : table.columns().stream()
                        .filter(column -> DATES.contains(column.type()) && !column.nullable())
                        .filter(column -> column.name().matches("[A-Za-z0-9_]+"))
                        .min(Comparator.comparing(column -> isOfCreation(column) ? 0 : 1))
                        .map(column -> column.name() + "_year=year(`" + column.name() + "`)");
    }

    /** Whether a table has columns of dates, or of dates and times. */
    static boolean hasDates(SourceTable table) {
        return table.columns().stream().anyMatch(column -> DATES.contains(column.type()));
    }

    private static boolean isOfCreation(ColumnDefinition column) {
        return column.name().matches("(?i).*(creat|insert|regist|order|added).*");
    }
}
