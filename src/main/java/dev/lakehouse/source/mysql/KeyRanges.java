package dev.lakehouse.source.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table divided by its key into ranges of equal row count. The first and the last range are open-ended, so every row
 * is in exactly one range, even a row that is inserted later. Only MySQL compares keys, in its own collation. A table without a
 * key is one range.
 */
public final class KeyRanges {
    /** The default number of rows per range. */
    public static final int ROWS = 100_000;

    private static final long MOST_IN_WINDOW = 1_000_000;

    private final List<List<String>> bounds;
    private final long rowsPerRange;
    private final long rows;

    private KeyRanges(List<List<String>> bounds, long rowsPerRange, long rows) {
        this.bounds = bounds;
        this.rowsPerRange = rowsPerRange;
        this.rows = rows;
    }

    /**
     * Divides a table by reading its key with one query per range. Memory is bounded on both sides.
     *
     * @param rowsPerRange rows in every range but the last
     */
    public static KeyRanges cut(Connection connection, SourceTable table, long rowsPerRange) throws SQLException {
        List<String> names = table.quotedKey();
        String values = values(table);
        List<List<String>> bounds = new ArrayList<>();
        try (Statement query = connection.createStatement()) {
            if (!table.hasKey()) {
                return new KeyRanges(List.of(), rowsPerRange, count(query, table.from()));
            }
            while (true) {
                String rest =
                        bounds.isEmpty() ? table.from() : table.from(atOrAfter(names, bounds.get(bounds.size() - 1)));
                // A key that is not declared may repeat, and would be cut at the same place forever.
                String isNext = bounds.isEmpty() ? "(1 = 1)" : compared(names, bounds.get(bounds.size() - 1), ">", ">");
                String step = "SELECT " + values + ", " + isNext + rest + " ORDER BY " + String.join(", ", names)
                        + " LIMIT 1 OFFSET " + rowsPerRange;
                try (ResultSet row = query.executeQuery(step)) {
                    if (!row.next()) {
                        return new KeyRanges(bounds, rowsPerRange, bounds.size() * rowsPerRange + count(query, rest));
                    }
                    if (!row.getBoolean(names.size() + 1)) {
                        throw table.notUnique("More than " + rowsPerRange + " rows have the same key.");
                    }
                    bounds.add(bound(row, table));
                }
            }
        }
    }

    /** The select list of a key's values. */
    private static String values(SourceTable table) {
        return table.key().stream()
                .map(column -> TypeMapping.of(column).bound().expression())
                .collect(Collectors.joining(", "));
    }

    private static long count(Statement query, String rest) throws SQLException {
        try (ResultSet row = query.executeQuery("SELECT COUNT(*)" + rest)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A key's values as MySQL literals. */
    private static List<String> bound(ResultSet row, SourceTable table) throws SQLException {
        List<String> literals = new ArrayList<>();
        for (ColumnDefinition column : table.key()) {
            String value = row.getString(literals.size() + 1);
            if (value == null) {
                throw table.nullInKey(column);
            }
            literals.add(TypeMapping.of(column).bound().literal().apply(value));
        }
        return literals;
    }

    public int count() {
        return bounds.size() + 1;
    }

    /** How many rows there were when the table was cut. */
    public long rows() {
        return rows;
    }

    /**
     * The conditions that select the ranges, in order.
     *
     * @param key the key's columns, quoted, with their names in the query
     */
    public List<String> conditions(List<String> key) {
        return IntStream.range(0, count())
                .mapToObj(range -> condition(key, range))
                .toList();
    }

    /** The same conditions on the table itself, with that of its settings. */
    public List<String> conditions(SourceTable table) {
        return conditions(table.quotedKey()).stream().map(table::filtered).toList();
    }

    /** The end of a query for the rows of a range: by {@link #window} if that is possible, or by its condition. */
    String rowsOf(Connection connection, SourceTable table, int range) throws SQLException {
        return window(connection, table, range).orElseGet(() -> table.from(condition(table.quotedKey(), range)));
    }

    /**
     * The end of a query for the rows of a range: as many rows as it had, from its start in the order of the key. MySQL then need
     * not compare each row with the end of the range, which for text takes longer than the checksum of the row. Empty if the
     * range has another number of rows in the connection's view, if the key is not declared or is sorted by a part of its text
     * only, and for ranges of so many rows that their checksums would fill MySQL's temporary space.
     */
    Optional<String> window(Connection connection, SourceTable table, int range) throws SQLException {
        if (range == bounds.size()
                || !table.keyIsDeclared()
                || table.key().stream().anyMatch(ColumnDefinition::isLarge)
                || rowsPerRange > MOST_IN_WINDOW) {
            return Optional.empty();
        }
        List<String> names = table.quotedKey();
        String start = (range == 0 ? table.from() : table.from(atOrAfter(names, bounds.get(range - 1)))) + " ORDER BY "
                + String.join(", ", names) + " LIMIT ";
        try (Statement query = connection.createStatement();
                ResultSet next = query.executeQuery("SELECT " + values(table) + start + "1 OFFSET " + rowsPerRange)) {
            return next.next() && bound(next, table).equals(bounds.get(range))
                    ? Optional.of(start + rowsPerRange)
                    : Optional.empty();
        }
    }

    private String condition(List<String> names, int range) {
        List<String> parts = new ArrayList<>();
        if (range > 0) {
            parts.add(atOrAfter(names, bounds.get(range - 1)));
        }
        if (range < bounds.size()) {
            parts.add(before(names, bounds.get(range)));
        }
        return parts.isEmpty() ? "1 = 1" : String.join(" AND ", parts);
    }

    /**
     * {@code (a, b) >= (x, y)} in a form for which MySQL uses an index: first the first column alone, then all of them.
     */
    static String atOrAfter(List<String> names, List<String> bound) {
        return "(" + names.get(0) + " >= " + bound.get(0) + " AND " + compared(names, bound, ">", ">=") + ")";
    }

    static String before(List<String> names, List<String> bound) {
        return "(" + names.get(0) + (names.size() == 1 ? " < " : " <= ") + bound.get(0) + " AND "
                + compared(names, bound, "<", "<") + ")";
    }

    private static String compared(List<String> names, List<String> bound, String strict, String last) {
        int end = names.size() - 1;
        String condition = names.get(end) + " " + last + " " + bound.get(end);
        for (int i = end - 1; i >= 0; i--) {
            String name = names.get(i);
            String value = bound.get(i);
            condition =
                    name + " " + strict + " " + value + " OR (" + name + " = " + value + " AND (" + condition + "))";
        }
        return "(" + condition + ")";
    }
}
