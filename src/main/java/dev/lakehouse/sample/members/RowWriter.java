package dev.lakehouse.sample.members;

import com.mysql.cj.jdbc.JdbcStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;

/** Ways of writing members to the table on a connection that the caller opens with these settings, and commits. */
sealed interface RowWriter {

    /**
     * The driver's settings for writing: strict, as a server that cuts a value or replaces a missing one by an empty
     * one would break the promise that the same generator gives the same table.
     */
    Map<String, String> WRITING =
            Map.of("sessionVariables", "sql_mode='STRICT_ALL_TABLES'", "rewriteBatchedStatements", "true");

    /** For LOAD DATA too. It lets a server ask for any file of this machine: for no longer than a load takes. */
    Map<String, String> LOADING = Map.of(
            "sessionVariables", "sql_mode='STRICT_ALL_TABLES'",
            "rewriteBatchedStatements", "true",
            "allowLoadLocalInfile", "true");

    /**
     * Writes all of them.
     *
     * @return how many rows the server took
     */
    long write(Iterator<Member> members) throws SQLException;

    /** The faster way that the server allows, on a connection for loading. */
    static RowWriter on(Connection connection) throws SQLException {
        RowWriter load = new LoadData(connection);
        try {
            load.write(Collections.emptyIterator());
            return load;
        } catch (SQLException e) {
            if (LoadData.isForbidden(e)) {
                return new Inserts(connection);
            }
            throw e;
        }
    }

    /** One stream that the server reads as if it were a file. */
    record LoadData(Connection connection) implements RowWriter {
        private static final String STATEMENT = "LOAD DATA LOCAL INFILE 'members' INTO TABLE " + MembersSource.TABLE
                + " " + LoadText.FORMAT + " (" + String.join(", ", MembersSource.COLUMNS) + ")";

        /** The codes by which MySQL 5.7, MySQL since 8.0 and MariaDB say that they take no stream from a client. */
        static boolean isForbidden(SQLException e) {
            return switch (e.getErrorCode()) {
                case 1148, 3948, 4166 -> true;
                default -> false;
            };
        }

        @Override
        public long write(Iterator<Member> members) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(new MemberStream(members));
                long rows = statement.executeLargeUpdate(STATEMENT);
                SQLWarning warning = statement.getWarnings();
                if (warning != null) {
                    // A client's stream cannot be sent twice, so that the server bends bad rows instead of refusing.
                    throw new SQLException(warning.getMessage(), warning.getSQLState(), warning.getErrorCode());
                }
                return rows;
            }
        }
    }

    /** Many rows in each INSERT. */
    record Inserts(Connection connection) implements RowWriter {
        private static final int ROWS_AT_ONCE = 1_000;
        private static final String STATEMENT = "INSERT INTO " + MembersSource.TABLE + " ("
                + String.join(", ", MembersSource.COLUMNS) + ") VALUES ("
                + String.join(", ", Collections.nCopies(MembersSource.COLUMNS.size(), "?")) + ")";

        @Override
        public long write(Iterator<Member> members) throws SQLException {
            long rows = 0;
            try (PreparedStatement insert = connection.prepareStatement(STATEMENT)) {
                while (members.hasNext()) {
                    add(members.next(), insert);
                    if (++rows % ROWS_AT_ONCE == 0 || !members.hasNext()) {
                        insert.executeBatch();
                    }
                }
            }
            return rows;
        }

        private static void add(Member member, PreparedStatement insert) throws SQLException {
            insert.setString(1, member.memberId());
            insert.setString(2, member.firstName());
            insert.setString(3, member.lastName());
            insert.setString(4, member.email());
            insert.setString(5, member.phoneNumber());
            insert.setString(6, member.address());
            insert.setString(7, member.city());
            insert.setString(8, member.country());
            // As text: a java.sql.Date would pass through the time zone of this JVM.
            insert.setString(9, member.registrationDate().toString());
            insert.addBatch();
        }
    }
}
