package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The definition of a MySQL table.
 *
 * @param name its name in the server's database
 * @param columns its columns in their order
 * @param key the columns of its primary key, or else of its first unique key without NULLs
 * @param without the columns to leave out
 * @param invalidDates what happens to dates that are not in the calendar
 */
public record SourceTable(
        String name,
        List<ColumnDefinition> columns,
        List<ColumnDefinition> key,
        List<String> without,
        InvalidDates invalidDates) {
    private static final String TYPE =
            "SELECT table_type FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?";

    private static final String COLUMNS = """
            SELECT column_name, data_type, column_type, is_nullable = 'YES', COALESCE(numeric_precision, 0),
                   COALESCE(numeric_scale, 0), column_comment, character_set_name
            FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = ?
            ORDER BY ordinal_position
            """;

    /**
     * Keys over whole columns only, because a key over a prefix does not distinguish rows. The primary key comes first.
     */
    private static final String KEYS = """
            SELECT index_name, column_name
            FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = ? AND non_unique = 0
              AND index_name NOT IN (
                SELECT index_name FROM information_schema.statistics
                WHERE table_schema = DATABASE() AND table_name = ?
                  AND (nullable = 'YES' OR sub_part IS NOT NULL OR column_name IS NULL))
            ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index
            """;

    /** The key's column names, quoted. */
    public List<String> quotedKey() {
        return key.stream().map(column -> SqlText.identifier(column.name())).toList();
    }

    /** How its rows are read. Throws a {@link UserError} that names all columns that cannot be copied. */
    public RowFormat rowFormat() {
        return RowFormat.of(name, columns);
    }

    /** The same table with another policy. Dates in the key stay as they are, because rows are matched by it. */
    public SourceTable with(InvalidDates policy) {
        if (policy == invalidDates) {
            return this;
        }
        List<ColumnDefinition> changed = columns.stream()
                .map(column -> column.isDateOrTime() && !key.contains(column) ? column.withInvalidAsNull() : column)
                .toList();
        return new SourceTable(name, changed, key, without, policy);
    }

    /**
     * Reads the definition. Throws a {@link UserError} if the table is missing or has no key.
     *
     * @param without columns to leave out; a column that does not exist or is part of the key is refused
     */
    public static SourceTable describe(MySqlServer server, Connection connection, String table, List<String> without) {
        try {
            List<ColumnDefinition> columns = columns(connection, table);
            if (columns.isEmpty()) {
                throw new UserError(
                        "There is no table '" + table + "' in " + server.address() + ".",
                        "The database has no table of that name that user '" + server.user() + "' can see.",
                        "Check the name (case may matter) and the user's SELECT right.");
            }
            List<String> key = key(connection, table);
            if (key.isEmpty()) {
                throw withoutKey(server, connection, table);
            }
            List<ColumnDefinition> keyColumns = columns.stream()
                    .filter(c -> key.contains(c.name()))
                    .sorted(byPositionIn(key))
                    .toList();
            checkLeftOut(table, columns, keyColumns, without);
            return new SourceTable(
                    table,
                    columns.stream().filter(column -> !isIn(without, column)).toList(),
                    keyColumns,
                    without,
                    InvalidDates.REFUSE);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    private static UserError withoutKey(MySqlServer server, Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TYPE)) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && "VIEW".equalsIgnoreCase(row.getString(1))) {
                    return new UserError(
                            "'" + table + "' in " + server.address() + " is a view.",
                            "Rows are matched by a primary key, or by a unique key without NULLs; views have neither.",
                            "Extract the table that the view reads. Leave columns out by --without.");
                }
            }
        }
        return new UserError(
                "Table '" + table + "' in " + server.address() + " has no key.",
                "Rows are matched by a primary key, or by a unique key without NULLs; it has neither.",
                "Add a primary key to the table, or extract a table that has one.");
    }

    private static void checkLeftOut(
            String table, List<ColumnDefinition> columns, List<ColumnDefinition> key, List<String> without) {
        for (String name : without) {
            if (key.stream().anyMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new UserError(
                        "Column `" + name + "` of table '" + table + "' cannot be left out.",
                        "It is part of the key, by which rows are matched.",
                        "Remove it from --without.");
            }
            if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
                throw new UserError(
                        "Column `" + name + "` cannot be left out.",
                        "Table '" + table + "' has no such column.",
                        "Name columns of the table in --without, separated by commas.");
            }
        }
    }

    private static boolean isIn(List<String> names, ColumnDefinition column) {
        return names.stream().anyMatch(column.name()::equalsIgnoreCase);
    }

    private static Comparator<ColumnDefinition> byPositionIn(List<String> key) {
        return Comparator.comparingInt(column -> key.indexOf(column.name()));
    }

    private static List<ColumnDefinition> columns(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table);
            List<ColumnDefinition> columns = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(new ColumnDefinition(
                            rows.getString(1),
                            rows.getString(2).toLowerCase(Locale.ROOT),
                            rows.getString(3).toLowerCase(Locale.ROOT),
                            rows.getBoolean(4),
                            rows.getInt(5),
                            rows.getInt(6),
                            rows.getString(7),
                            rows.getString(8),
                            false));
                }
            }
            return columns;
        }
    }

    private static List<String> key(Connection connection, String table) throws SQLException {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setString(1, table);
            query.setString(2, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.computeIfAbsent(rows.getString(1), index -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
        }
        return keys.values().stream().findFirst().orElse(List.of());
    }
}
