package dev.lakehouse.source.mysql;

import java.util.List;

/**
 * How a table is read.
 *
 * @param without the columns to leave out
 * @param key the columns by which rows are matched; empty for a key of the table
 * @param invalidDates what happens to dates that are not in the calendar
 */
public record SourceSettings(List<String> without, List<String> key, InvalidDates invalidDates) {
    /** All columns, by a key of the table. */
    public static final SourceSettings DEFAULT = new SourceSettings(List.of(), List.of(), InvalidDates.REFUSE);
}
