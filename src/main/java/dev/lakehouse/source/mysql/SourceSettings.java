package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a table is read.
 *
 * @param only the columns to copy; empty for all
 * @param without the columns to leave out of them
 * @param key the columns by which rows are matched; empty for a key of the table; {@link #WHOLE_ROWS} for none
 * @param invalidDates what happens to dates that are not in the calendar
 * @param where MySQL's condition on the rows that are read; empty for all rows
 * @param masks of columns whose values are not stored as they are
 */
public record SourceSettings(
        List<String> only,
        List<String> without,
        List<String> key,
        InvalidDates invalidDates,
        String where,
        List<Mask> masks) {
    /** In place of columns: rows have no key, are only equal or not, and may repeat. */
    public static final String WHOLE_ROWS = "*";

    /** All columns, by a key of the table. */
    public static final SourceSettings DEFAULT =
            new SourceSettings(List.of(), List.of(), List.of(), InvalidDates.REFUSE, "", List.of());

    /** The same without a key. */
    public SourceSettings wholeRows() {
        return new SourceSettings(only, without, List.of(WHOLE_ROWS), invalidDates, where, masks);
    }

    /** The same with all columns as they are. */
    public SourceSettings allColumns() {
        return new SourceSettings(List.of(), List.of(), key, invalidDates, where, List.of());
    }

    /** The same with all rows. */
    public SourceSettings allRows() {
        return new SourceSettings(only, without, key, invalidDates, "", masks);
    }

    /**
     * The same with those of some columns left out that are not to be copied. Throws a {@link UserError} for a column to copy that is
     * not one of them.
     */
    SourceSettings in(String table, List<ColumnDefinition> columns) {
        if (only.isEmpty()) {
            return this;
        }
        only.stream()
                .filter(name ->
                        columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new UserError(
                            "Column `" + name + "` cannot be copied.",
                            "Table '" + table + "' has no such column.",
                            "Name columns of the table in --columns, separated by commas.");
                });
        List<String> others = columns.stream()
                .map(ColumnDefinition::name)
                .filter(name -> only.stream().noneMatch(name::equalsIgnoreCase))
                .toList();
        return new SourceSettings(
                only,
                Stream.concat(without.stream(), others.stream()).distinct().toList(),
                key,
                invalidDates,
                where,
                masks);
    }

    /** The condition in one line for a message, as in {@code WHERE deleted = 0} with a space before it; empty for all rows. */
    public String printedWhere() {
        return where.isEmpty() ? "" : " WHERE " + where.replaceAll("\\s+", " ");
    }

    /** The names of the columns that are left out, for either reason. */
    List<String> leftOut() {
        return Stream.concat(
                        without.stream(), masks.stream().filter(Mask::leavesOut).map(Mask::column))
                .toList();
    }

    /** Whether values are replaced by others, for which a key is needed. */
    public boolean needsKey() {
        return masks.stream().anyMatch(mask -> !mask.leavesOut());
    }

    /** Whether rows are compared as a whole, because nothing distinguishes them. */
    boolean comparesWholeRows() {
        return key.equals(List.of(WHOLE_ROWS));
    }
}
