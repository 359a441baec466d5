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
 */
record Pace(double bytesPerSecond) {
    private static final int SAMPLE_ROWS = 20_000;
    private static final int SAMPLE_SECONDS = 2;

    /** The driver holds the whole sample in memory. */
    private static final long SAMPLE_BYTES = 16_000_000;

    /** A whole run reads, proves, writes and compares; it takes about ten times as long as reading (see docs/performance.md). */
    private static final double RUN_TO_READING = 10;

    /** What a table takes however small it is. */
    private static final double SECONDS_PER_TABLE = 2;

    static Pace measured(Connection connection, List<TablePlan> plans) throws SQLException {
        Optional<DatabaseTable> largest = plans.stream()
                .filter(TablePlan::isCopied)
                .map(TablePlan::listed)
                .filter(table -> table.rows() > 0 && table.bytes() > 0)
                .max(Comparator.comparing(DatabaseTable::bytes));
        if (largest.isEmpty()) {
            return new Pace(0);
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
            return new Pace(0);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Pace(rows * ((double) table.bytes() / table.rows()) / seconds);
    }

    /** The time of a first run over the tables. */
    Duration firstRun(List<TablePlan> copied) {
        long bytes = copied.stream().mapToLong(plan -> plan.listed().bytes()).sum();
        double reading = bytesPerSecond > 0 ? bytes / bytesPerSecond : 0;
        return Duration.ofSeconds(Math.round(reading * RUN_TO_READING + copied.size() * SECONDS_PER_TABLE));
    }
}
