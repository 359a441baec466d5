package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.task.Step;
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
 * same state, without locks on rows and without extra rights. To be closed.
 *
 * <p>A transaction holds the metadata lock of every table that it has read until its end, and an ALTER waits for it, with
 * every statement on the table behind it. So after each statement the transaction goes back to a savepoint from before it:
 * MySQL and MariaDB let the lock go and keep the snapshot. An ALTER then waits for one statement at most. One that builds the
 * table anew makes the next statement fail with error 1412 ({@link SourceAltered}).
 */
public final class Snapshot implements AutoCloseable {
    private static final String SAVEPOINT = "before_the_statement";

    /** Stands for a checksum that is NULL, and which SUM would leave out: no sum of checksums reaches it. */
    private static final BigDecimal MISSING = BigDecimal.TEN.pow(34);

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
    public static Snapshot open(MySqlServer server, SourceTable table, RowFormat format) {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            statement.execute("SAVEPOINT " + SAVEPOINT);
            Snapshot snapshot = new Snapshot(server, connection, table, format);
            snapshot.requireUnaltered();
            return snapshot;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw explain(server, table, e);
        } catch (RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** The extract holds the columns as they were described before: an ALTER since then makes them others. */
    private void requireUnaltered() throws SQLException {
        if (!SourceTable.describe(server, connection, table.name(), table.without())
                .equals(table)) {
            throw new SourceAltered(table.name(), null);
        }
        release();
    }

    /** Count and checksum of each range, computed by MySQL; a row that it cannot compute one of is a {@link UserError}. */
    public List<RangeSum> sums(KeyRanges ranges) {
        Step summing = Step.part("summing in MySQL", ranges.rows());
        List<RangeSum> sums = new ArrayList<>();
        for (String condition : ranges.conditions(table.quotedKey())) {
            RangeSum sum = sum(condition);
            summing.add(sum.rows());
            if (sum.checksum().compareTo(MISSING) >= 0) {
                throw faults().withoutChecksum(condition);
            }
            sums.add(sum);
        }
        return sums;
    }

    private RangeSum sum(String condition) {
        String query = "SELECT COUNT(*), COALESCE(SUM(COALESCE(" + format.mysqlChecksum() + ", "
                + MISSING.multiply(BigDecimal.TEN).toPlainString() + ")), 0) FROM " + SqlText.identifier(table.name())
                + " WHERE "
                + condition;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            RangeSum sum = new RangeSum(row.getLong(1), new BigDecimal(row.getString(2)));
            release();
            return sum;
        } catch (SQLException e) {
            throw explain(server, table, e);
        }
    }

    /** Lets go of the table's metadata lock. */
    private void release() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
        }
    }

    /** Where in the table values lie that cannot be copied. */
    public RowFaults faults() {
        return new RowFaults(server, connection, table, format);
    }

    private static UserError explain(MySqlServer server, SourceTable table, SQLException e) {
        return SourceAltered.isCauseOf(e) ? new SourceAltered(table.name(), e) : MySqlErrors.explain(server, e);
    }

    /** What is done with each row of a range: its values' text forms, and the row checksum. */
    public interface RowReader {
        void row(Object[] texts, long checksum);
    }

    /** Streams the rows that a condition selects; memory holds one at a time. */
    public void rows(String condition, RowReader reader) {
        String query = "SELECT " + format.textColumns() + ", " + format.mysqlChecksum() + " FROM "
                + SqlText.identifier(table.name()) + " WHERE " + condition;
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
                    long checksum = rows.getLong(width + 1);
                    if (rows.wasNull()) {
                        throw new IllegalStateException("A row of " + table.name() + " has no checksum");
                    }
                    reader.row(texts, checksum);
                }
            }
            release();
        } catch (SQLException e) {
            throw explain(server, table, e);
        }
    }

    /** The position in the server's binary log; empty where there is none or the user may not see it. */
    public Optional<String> logPosition() {
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
    public String serverVersion() {
        try {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** Why an extract may differ from its snapshot: only transactional tables have one. */
    public Optional<UserError> notTransactional() {
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
