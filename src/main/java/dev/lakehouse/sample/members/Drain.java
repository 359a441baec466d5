package dev.lakehouse.sample.members;

import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.task.Background;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads each value of the table as text and throws it away, for comparison: what a program with Connector/J needs at least.
 *
 * @param server the server with the table
 * @param bounds the first key of each part, and a text after all keys
 */
record Drain(MySqlServer server, List<String> bounds) {
    private static final Rows NOTHING = new Rows(0, 0);

    /**
     * What was read.
     *
     * @param number of the rows
     * @param checksum the sum of a hash of each row, which does not depend on how the table is divided
     */
    record Rows(long number, long checksum) {
        private Rows plus(Rows more) {
            return new Rows(number + more.number, checksum + more.checksum);
        }
    }

    /** Over as many connections as given, each with a part of the table of its own. */
    static Drain over(MySqlServer server, int connections) {
        return new Drain(server, bounds(server, connections));
    }

    Rows read() {
        List<Background<Rows>> parts = new ArrayList<>();
        try {
            for (int i = 0; i + 1 < bounds.size(); i++) {
                String from = bounds.get(i);
                String to = bounds.get(i + 1);
                parts.add(Background.start(() -> read(from, to)));
            }
            return parts.stream().map(Background::result).reduce(NOTHING, Rows::plus);
        } finally {
            parts.forEach(Background::close);
        }
    }

    /** The first key of each part, and a text after all of them, which are UUIDs. */
    private static List<String> bounds(MySqlServer server, int parts) {
        List<String> bounds = new ArrayList<>(List.of(""));
        long rows = parts == 1 ? 0 : MembersSource.of(server).rows();
        try (Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT member_id FROM " + MembersSource.TABLE + " ORDER BY member_id LIMIT 1 OFFSET ?")) {
            for (int part = 1; part < parts; part++) {
                statement.setLong(1, rows * part / parts);
                try (ResultSet key = statement.executeQuery()) {
                    if (key.next()) {
                        bounds.add(key.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
        bounds.add("~");
        return bounds;
    }

    private Rows read(String from, String to) {
        String query = "SELECT " + String.join(", ", MembersSource.COLUMNS) + " FROM " + MembersSource.TABLE
                + " WHERE member_id >= ? AND member_id < ?";
        try (Connection connection = server.connect();
                PreparedStatement statement =
                        connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE); // the driver's value for streaming
            statement.setString(1, from);
            statement.setString(2, to);
            long rows = 0;
            long checksum = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long hash = 0;
                    for (int i = 1; i <= MembersSource.COLUMNS.size(); i++) {
                        String value = row.getString(i);
                        hash = 31 * hash + (value == null ? 1 : value.hashCode());
                    }
                    rows++;
                    checksum += hash;
                }
            }
            return new Rows(rows, checksum);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }
}
