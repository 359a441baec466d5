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

/** Writes members to the table. The caller opens the connection with these settings and commits. */
sealed interface RowWriter {

    /**
     * The driver's settings for writing. The SQL mode is strict, because a server that truncates values or replaces
     * missing ones would change the generated table.
     */
    Map<String, String> WRITING =
            Map.of("sessionVariables", "sql_mode='STRICT_ALL_TABLES'", "rewriteBatchedStatements", "true");

    /**
     * The settings for LOAD DATA. It allows the server to request any file of this machine, so the connection is only
     * open during a load.
     */
    Map<String, String> LOADING = Map.of(
            "sessionVariables", "sql_mode='STRICT_ALL_TABLES'",
            "rewriteBatchedStatements", "true",
            "allowLoadLocalInfile", "true");

    /**
     * Writes all members.
     *
     * @return the number of rows that the server stored
     */
    long write(Iterator<Member> members) throws SQLException;

    /** The fastest writer that the server allows, for a connection with {@link #LOADING}. */
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

    /** Sends one stream, which the server reads like a file. */
    record LoadData(Connection connection) implements RowWriter {
        private static final String STATEMENT = "LOAD DATA LOCAL INFILE 'members' INTO TABLE " + MembersSource.TABLE
                + " " + LoadText.FORMAT + " (" + String.join(", ", MembersSource.COLUMNS) + ")";

        /**
         * The error codes of MySQL 5.7, MySQL since 8.0 and MariaDB for a server that does not allow LOAD DATA LOCAL.
         */
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
                    // The server converts bad rows instead of refusing them, because a client's stream cannot be sent
                    // twice.
                    throw new SQLException(warning.getMessage(), warning.getSQLState(), warning.getErrorCode());
                }
                return rows;
            }
        }
    }

    /** Sends many rows in each INSERT. */
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
            // As text, because a java.sql.Date would be converted by the time zone of this JVM.
            insert.setString(9, member.registrationDate().toString());
            insert.addBatch();
        }
    }
}
