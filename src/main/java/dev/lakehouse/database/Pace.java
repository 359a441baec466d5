package dev.lakehouse.database;

import dev.lakehouse.spark.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long the first run takes, estimated from a short sample of the largest table.
 *
 * @param bytesPerSecond at which one connection reads the sample; 0 if this is unknown: no table has rows, or reading takes long
 * @param secondsToLogIn until the server accepts a connection
 */
record Pace(double bytesPerSecond, double secondsToLogIn) {
    private static final int SAMPLE_ROWS = 20_000;
    private static final int SAMPLE_SECONDS = 2;

    /** The driver holds the whole sample in memory. */
    private static final long SAMPLE_BYTES = 16_000_000;

    /** A whole run reads, proves, writes and compares; it takes about ten times as long as reading (see docs/performance.md). */
    private static final double RUN_TO_READING = 10;

    /** What a run takes until the first table, and what a table takes however small it is. */
    private static final double SECONDS_TO_START = 15;

    private static final double SECONDS_PER_TABLE = 3;

    /** How often a run logs in for a table: to check, describe, copy and prove it, and to compare. */
    private static final double LOGINS_PER_TABLE = 5;

    static Pace measured(Connection connection, List<TablePlan> plans, Duration toLogIn) throws SQLException {
        return new Pace(bytesPerSecond(connection, plans), toLogIn.toMillis() / 1e3);
    }

    private static double bytesPerSecond(Connection connection, List<TablePlan> plans) throws SQLException {
        Optional<DatabaseTable> largest = plans.stream()
                .filter(TablePlan::isCopied)
                .map(TablePlan::listed)
                .filter(table -> table.rows() > 0 && table.bytes() > 0)
                .max(Comparator.comparing(DatabaseTable::bytes));
        if (largest.isEmpty()) {
            return 0;
        }
        DatabaseTable table = largest.get();
        long start = System.nanoTime();
        long rows = 0;
        long most = Math.max(1, Math.min(SAMPLE_ROWS, SAMPLE_BYTES * table.rows() / table.bytes()));
        try (Statement query = connection.createStatement()) {
            query.setQueryTimeout(SAMPLE_SECONDS);
            try (ResultSet result =
                    query.executeQuery("SELECT * FROM " + SqlText.identifier(table.name()) + " LIMIT " + most)) {
                while (result.next()) {
                    rows++;
                }
            }
        } catch (SQLTimeoutException e) {
            return 0;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return rows * ((double) table.bytes() / table.rows()) / seconds;
    }

    /**
     * The time of a first run over the tables.
     *
     * @param sideBySide how many tables are copied at a time
     */
    Duration firstRun(List<TablePlan> copied, int sideBySide) {
        long bytes = copied.stream().mapToLong(plan -> plan.listed().bytes()).sum();
        double reading = bytesPerSecond > 0 ? bytes / bytesPerSecond : 0;
        double each = SECONDS_PER_TABLE + LOGINS_PER_TABLE * secondsToLogIn / sideBySide;
        return Duration.ofSeconds(Math.round(SECONDS_TO_START + reading * RUN_TO_READING + copied.size() * each));
    }
}
