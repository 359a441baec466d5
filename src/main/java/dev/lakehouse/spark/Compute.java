package dev.lakehouse.spark;

import dev.lakehouse.UserError;
import org.apache.spark.sql.SparkSession;

/** The kind of compute that a session belongs to. */
public final class Compute {
    private Compute() {}

    /**
     * Whether the session is a client of Spark Connect. On Databricks these are serverless compute and clusters in
     * standard access mode. There the task runs in a separate process without a Spark context and without Hadoop.
     */
    public static boolean isConnect(SparkSession session) {
        return session.getClass().getName().contains(".connect.");
    }

    /**
     * Refuses Spark Connect for a task that cannot run on it.
     *
     * @param task the task's name
     * @param reason the reason, in one sentence
     */
    public static void requireDedicated(SparkSession session, String task, String reason) {
        if (isConnect(session)) {
            throw needsDedicated(task + " cannot run", reason, "");
        }
    }

    /**
     * The error for something that Spark Connect cannot do.
     *
     * @param problem what cannot be done, without a full stop
     * @param reason the reason, in one sentence
     * @param otherwise what else helps, in one sentence with a blank before it; empty if nothing does
     */
    public static UserError needsDedicated(String problem, String reason, String otherwise) {
        return new UserError(
                problem + " on this compute.",
                "This is serverless compute or a cluster in standard access mode (Spark Connect). " + reason,
                "Run the task on a cluster in dedicated access mode: in its job use ${var.classic} instead of"
                        + " ${var.compute}." + otherwise);
    }
}
