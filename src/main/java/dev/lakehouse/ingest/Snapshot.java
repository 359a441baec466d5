package dev.lakehouse.ingest;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One instant of a MySQL table: a consistent-snapshot transaction in which everything that is asked is answered from the
 * same state, without locks and without extra rights. To be closed.
 */
final class Snapshot implements AutoCloseable {
    private final MySqlServer server;
    private final Connection connection;
    private final SourceTable table;
    private final RowFormat format;

    private Snapshot(MySqlServer server, Connection connection, SourceTable table, RowFormat format) {
        this.server = server;
        this.connection = connection;
        this.table = table;
        this.format = format;
    }

    /** Fixes the instant. */
    static Snapshot open(MySqlServer server, SourceTable table, RowFormat format) {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            return new Snapshot(server, connection, table, format);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw MySqlErrors.explain(server, e);
        }
    }

    /** Count and checksum of each range, computed by MySQL. */
    List<RangeSum> sums(KeyRanges ranges) {
        List<RangeSum> sums = new ArrayList<>();
        for (String condition : ranges.conditions(table.quotedKey())) {
            String query = "SELECT COUNT(*), COALESCE(SUM(" + format.mysqlChecksum() + "), 0) FROM "
                    + Sql.quoted(table.name()) + " WHERE " + condition;
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                sums.add(new RangeSum(row.getLong(1), new BigDecimal(row.getString(2))));
            } catch (SQLException e) {
                throw MySqlErrors.explain(server, e);
            }
        }
        return sums;
    }

    /** What is done with each row of a range: its values' text forms, and the row checksum. */
    interface RowReader {
        void row(Object[] texts, long checksum);
    }

    /** Streams the rows that a condition selects; memory holds one at a time. */
    void rows(String condition, RowReader reader) {
        String query = "SELECT " + format.textColumns() + ", " + format.mysqlChecksum() + " FROM "
                + Sql.quoted(table.name()) + " WHERE " + condition;
        int width = table.columns().size();
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE); // the driver's word for streaming
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    Object[] texts = new Object[width];
                    for (int i = 0; i < width; i++) {
                        texts[i] = rows.getString(i + 1);
                    }
                    reader.row(texts, rows.getLong(width + 1));
                }
            }
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** The position in the server's binary log; empty where there is none or the user may not see it. */
    Optional<String> logPosition() {
        return logPosition("SHOW BINARY LOG STATUS").or(() -> logPosition("SHOW MASTER STATUS"));
    }

    private Optional<String> logPosition(String statementOfThisVersion) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(statementOfThisVersion)) {
            return row.next() ? Optional.of(row.getString(1) + ":" + row.getLong(2)) : Optional.empty();
        } catch (SQLException e) {
            // Another version's statement, no binary log, or no right to see it: none of them is needed for the proof.
            return Optional.empty();
        }
    }

    /** The server's version as it names itself. */
    String serverVersion() {
        try {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** Why an extract may differ from its snapshot: only transactional tables have one. */
    Optional<UserError> notTransactional() {
        String query = "SELECT engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
                + Sql.mysqlLiteral(table.name());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getString(1) != null && !"InnoDB".equalsIgnoreCase(row.getString(1))
                    ? Optional.of(new UserError(
                            "The extract of '" + table.name() + "' could not be made equal to the table.",
                            "The table is kept by " + row.getString(1)
                                    + ", which has no snapshots: it changed while it was compared.",
                            "Run the extract while nobody writes to the table, or convert the table to InnoDB."))
                    : Optional.empty();
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing was written through it; the server ends the transaction by itself.
        }
    }
}
