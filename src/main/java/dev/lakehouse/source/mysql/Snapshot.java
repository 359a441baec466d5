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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A MySQL table at one instant: a transaction with a consistent snapshot, in which all queries see the same state. It
 * needs no row locks and no additional rights, and must be closed.
 *
 * <p>A transaction holds the metadata lock of each table that it has read until it ends. An ALTER waits for the lock,
 * and every later statement on the table waits for the ALTER. So after each statement the transaction is rolled back to
 * a savepoint: MySQL and MariaDB then release the lock and keep the snapshot. An ALTER therefore waits for at most one
 * statement. If it rebuilds the table, the next statement fails with error 1412 ({@link SourceAltered}).
 */
public final class Snapshot implements AutoCloseable {
    private static final String SAVEPOINT = "before_the_statement";

    /** Replaces a checksum that is NULL, which SUM would ignore. No sum of checksums is as large. */
    private static final BigDecimal MISSING = BigDecimal.TEN.pow(34);

    private static final String TABLES = " FROM information_schema.tables WHERE table_schema = DATABASE()";

    private final MySqlServer server;
    private final Connection connection;
    private final SourceTable table;
    private final RowFormat format;
    private final Optional<String> logPosition;
    private final String created;

    private Snapshot(
            MySqlServer server,
            Connection connection,
            SourceTable table,
            RowFormat format,
            Optional<String> logPosition,
            String created) {
        this.server = server;
        this.connection = connection;
        this.table = table;
        this.format = format;
        this.logPosition = logPosition;
        this.created = created;
    }

    /** Opens the snapshot at the current instant. */
    public static Snapshot open(MySqlServer server, SourceTable table, RowFormat format) {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Optional<String> logPosition = logPosition(connection);
            String created = created(connection, table);
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            statement.execute("SAVEPOINT " + SAVEPOINT);
            Snapshot snapshot = new Snapshot(server, connection, table, format, logPosition, created);
            snapshot.requireUnalteredNow();
            snapshot.release();
            return snapshot;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw explain(server, table, e);
        } catch (RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /**
     * Ends the snapshot. Throws {@link SourceAltered} if the table no longer has the columns that were described, or if another
     * table has its name. A tool that changes a table online fills a copy and renames it. In the snapshot such a copy is
     * readable but incomplete, so this is required after the last read.
     */
    public void requireUnaltered() {
        try (Statement statement = connection.createStatement()) {
            // In the snapshot, MySQL shows the definition of its instant, but reads the table that has the name now.
            statement.execute("ROLLBACK");
            requireUnalteredNow();
        } catch (SQLException e) {
            throw explain(server, table, e);
        }
    }

    private void requireUnalteredNow() throws SQLException {
        if (!SourceTable.describe(server, connection, table.name(), table.settings())
                        .equals(table)
                || !Objects.equals(created, created(connection, table))) {
            throw new SourceAltered(table.name(), null);
        }
    }

    /**
     * When a table was created, in seconds, which a RENAME does not change. A view may read each table of its database, so for a
     * view this is a number that depends on all of them, and on its definition where the account may see it. The same for a
     * condition that may read other tables.
     */
    private static String created(Connection connection, SourceTable table) throws SQLException {
        String name = Sql.mysqlLiteral(table.name());
        String ofTable =
                text(connection, "SELECT create_time" + TABLES + " AND table_type <> 'VIEW' AND table_name = " + name);
        return ofTable != null && !RowCondition.readsTables(table.settings().where())
                ? ofTable
                : text(
                        connection,
                        "SELECT CONCAT(COUNT(*), ' ', SUM(CRC32(CONCAT(table_name, COALESCE(create_time, '')))), ' ',"
                                + " COALESCE((SELECT CRC32(view_definition) FROM information_schema.views WHERE"
                                + " table_schema = DATABASE() AND table_name = " + name + "), 0))" + TABLES);
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /**
     * Count and checksum of each range, computed by MySQL. Throws a {@link UserError} if a row's checksum cannot be
     * computed.
     */
    public List<RangeSum> sums(KeyRanges ranges) {
        Step summing = Step.part("summing in MySQL", ranges.rows());
        List<RangeSum> sums = new ArrayList<>();
        List<String> conditions = ranges.conditions(table);
        for (int range = 0; range < conditions.size(); range++) {
            RangeSum sum = sum(ranges, range);
            summing.add(sum.rows());
            if (sum.checksum().compareTo(MISSING) >= 0) {
                throw faults().withoutChecksum(conditions.get(range));
            }
            sums.add(sum);
        }
        return sums;
    }

    /** Whether the sum of a range, by its number, is as expected. */
    @FunctionalInterface
    public interface ExpectedSum {
        boolean is(int range, RangeSum sum);
    }

    /** Whether count and checksum of each range are as expected. The first range that differs ends the comparison. */
    public boolean hasSums(KeyRanges ranges, ExpectedSum expected) {
        Step comparing = Step.part("comparing with the newest extract", ranges.rows());
        for (int i = 0; i < ranges.count(); i++) {
            RangeSum sum = sum(ranges, i);
            if (!expected.is(i, sum)) {
                return false;
            }
            comparing.add(sum.rows());
        }
        return true;
    }

    /**
     * Throws {@link SourceAltered} if MySQL now computes other sums than before, although the snapshot is the same: another table
     * has the name, which {@link #requireUnaltered} does not notice if both were created in the same second.
     */
    public void requireSameSums(List<String> conditions, List<RangeSum> sums) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!sum(" FROM " + SqlText.identifier(table.name()) + " WHERE " + conditions.get(i))
                    .equals(sums.get(i))) {
                throw new SourceAltered(table.name(), null);
            }
        }
    }

    private RangeSum sum(KeyRanges ranges, int range) {
        return sum(read(view -> ranges.rowsOf(view, table, range)));
    }

    /** @param end of a query for the rows */
    private RangeSum sum(String end) {
        String query = "SELECT COUNT(*), COALESCE(SUM(COALESCE(" + RowFormat.CHECKSUM + ", "
                + MISSING.multiply(BigDecimal.TEN).toPlainString() + ")), 0) FROM (SELECT " + format.mysqlChecksum()
                + " AS " + RowFormat.CHECKSUM + end + ") AS checksums";
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

    /**
     * Proves that the key distinguishes all rows, also as it is copied, and has no NULLs. Throws a {@link UserError} if it does
     * not.
     *
     * @param rows how many rows the key ranges have
     */
    public void requireUniqueKey(long rows) {
        boolean isGuaranteed =
                table.keyIsDeclared() && table.key().stream().noneMatch(ColumnDefinition::mayRepeatAsText);
        if (isGuaranteed || !table.hasKey()) {
            return;
        }
        String names = table.key().stream()
                .map(column -> column.mayRepeatAsText()
                        ? "CAST(" + TypeMapping.of(column).mysqlText() + " AS BINARY)"
                        : SqlText.identifier(column.name()))
                .collect(Collectors.joining(", "));
        String query = "SELECT COUNT(*), COUNT(DISTINCT " + names + ")" + table.from();
        try (Statement statement = connection.createStatement()) {
            long all;
            long distinct;
            try (ResultSet row = statement.executeQuery(query)) {
                row.next();
                all = row.getLong(1);
                distinct = row.getLong(2);
            }
            release();
            if (all == rows && distinct == rows) {
                return;
            }
            UserError repeated = table.notUnique("There are " + all + " rows, but " + distinct
                    + " different keys without NULL, as MySQL compares them and as texts.");
            throw all == distinct ? notTransactional().orElse(repeated) : repeated;
        } catch (SQLException e) {
            throw explain(server, table, e);
        }
    }

    /** Releases the table's metadata lock. */
    private void release() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
        }
    }

    /** A search for values that cannot be copied. */
    public RowFaults faults() {
        return new RowFaults(server, connection, table, format);
    }

    private static UserError explain(MySqlServer server, SourceTable table, SQLException e) {
        return SourceAltered.isCauseOf(e) ? new SourceAltered(table.name(), e) : MySqlErrors.explain(server, e);
    }

    /** Work on the snapshot's connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads by other code in the snapshot: one statement at a time, which must be read to its end. */
    public <T> T read(Work<T> work) {
        try {
            T result = work.on(connection);
            release();
            return result;
        } catch (SQLException e) {
            throw explain(server, table, e);
        }
    }

    /** The server's binary log position just before the snapshot. Empty without a binary log or the right to see it. */
    public Optional<String> logPosition() {
        return logPosition;
    }

    /** The server's current binary log position; empty as above. */
    public static Optional<String> logPosition(Connection connection) {
        return logPosition(connection, "SHOW BINARY LOG STATUS")
                .or(() -> logPosition(connection, "SHOW MASTER STATUS"));
    }

    private static Optional<String> logPosition(Connection connection, String statementOfThisVersion) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(statementOfThisVersion)) {
            return row.next() ? Optional.of(row.getString(1) + ":" + row.getLong(2)) : Optional.empty();
        } catch (SQLException e) {
            // The statement of another version, no binary log, or a missing right. The proof does not need the
            // position.
            return Optional.empty();
        }
    }

    /** The version that the server reports. */
    public String serverVersion() {
        try {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** The error for a table whose storage engine has no snapshots, and for a view; an extract may then differ from it. */
    public Optional<UserError> notTransactional() {
        String query = "SELECT engine, table_type" + TABLES + " AND table_name = " + Sql.mysqlLiteral(table.name());
        String problem = "The extract is not equal to '" + table.name() + "'.";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                return Optional.empty();
            }
            if ("VIEW".equalsIgnoreCase(row.getString(2))) {
                return Optional.of(new UserError(
                        problem,
                        "It is a view that gives other rows when it is read again: it uses a function such as NOW() or RAND(),"
                                + " an order that is not defined, or a table whose storage engine has no snapshots.",
                        "Leave out the columns that change, with --without (in a workflow the parameter 'without'), or"
                                + " correct the view."));
            }
            return row.getString(1) != null && !"InnoDB".equalsIgnoreCase(row.getString(1))
                    ? Optional.of(new UserError(
                            problem,
                            "Its storage engine is " + row.getString(1) + ", which has no snapshots, and it changed"
                                    + " while it was compared.",
                            "Run the extract while the table is not written to, or convert the table to InnoDB."))
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
            // The transaction was read-only, and the server ends it itself.
        }
    }
}
