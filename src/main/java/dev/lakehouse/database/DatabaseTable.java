package dev.lakehouse.database;

import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table or view as the server lists it.
 *
 * @param name its name
 * @param isView whether it is a view
 * @param rows the server's estimate of its rows; 0 for a view
 * @param bytes the server's estimate of the size of its rows; 0 for a view
 */
record DatabaseTable(String name, boolean isView, long rows, long bytes) {
    private static final String TABLES = """
            SELECT table_name, table_type LIKE '%VIEW', COALESCE(table_rows, 0), COALESCE(data_length, 0)
            FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
            ORDER BY table_name
            """;

    /** The tables and views that the account can see, by name. */
    static List<DatabaseTable> all(MySqlServer server, Connection connection) {
        List<DatabaseTable> tables = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TABLES);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                boolean isView = rows.getBoolean(2);
                tables.add(new DatabaseTable(
                        rows.getString(1), isView, isView ? 0 : rows.getLong(3), isView ? 0 : rows.getLong(4)));
            }
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
        return List.copyOf(tables);
    }
}
