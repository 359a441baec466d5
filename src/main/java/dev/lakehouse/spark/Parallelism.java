package dev.lakehouse.spark;

import org.apache.spark.sql.SparkSession;

/** Uses the Spark context, which a client of Spark Connect does not have. For tasks that need dedicated compute. */
public final class Parallelism {
    private Parallelism() {}

    /** How many Spark tasks run at the same time. */
    public static int of(SparkSession session) {
        return session.sparkContext().defaultParallelism();
    }
}
