package dev.lakehouse.testing;

import org.apache.spark.sql.SparkSession;

/**
 * A session whose catalogue knows no table, as a new process has it, on the Spark and the stores that all tests share.
 * It is the current one until it is closed; then the shared one is again.
 */
public final class NewProcess implements AutoCloseable {
    private final SparkSession before = TestLakehouse.session();
    private final SparkSession session;

    public NewProcess() {
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        session = TestLakehouse.session();
    }

    public SparkSession session() {
        return session;
    }

    @Override
    public void close() {
        SparkSession.setDefaultSession(before);
        SparkSession.setActiveSession(before);
    }
}
