package dev.lakehouse.source.mysql;

import java.util.List;

/**
 * How a table is read.
 *
 * @param without the columns to leave out
 * @param key the columns by which rows are matched; empty for a key of the table; {@link #WHOLE_ROWS} for none
 * @param invalidDates what happens to dates that are not in the calendar
 * @param where MySQL's condition on the rows that are read; empty for all rows
 */
public record SourceSettings(List<String> without, List<String> key, InvalidDates invalidDates, String where) {
    /** In place of columns: rows have no key, are only equal or not, and may repeat. */
    public static final String WHOLE_ROWS = "*";

    /** All columns, by a key of the table. */
    public static final SourceSettings DEFAULT = new SourceSettings(List.of(), List.of(), InvalidDates.REFUSE, "");

    /** The same without a key. */
    public SourceSettings wholeRows() {
        return new SourceSettings(without, List.of(WHOLE_ROWS), invalidDates, where);
    }

    /** The same with all columns. */
    public SourceSettings allColumns() {
        return new SourceSettings(List.of(), key, invalidDates, where);
    }

    /** The same with all rows. */
    public SourceSettings allRows() {
        return new SourceSettings(without, key, invalidDates, "");
    }

    /** The condition in one line for a message, as in {@code WHERE deleted = 0} with a space before it; empty for all rows. */
    public String printedWhere() {
        return where.isEmpty() ? "" : " WHERE " + where.replaceAll("\\s+", " ");
    }

    /** Whether rows are compared as a whole, because nothing distinguishes them. */
    boolean comparesWholeRows() {
        return key.equals(List.of(WHOLE_ROWS));
    }
}
