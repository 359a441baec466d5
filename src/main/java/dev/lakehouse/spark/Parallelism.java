package dev.lakehouse.spark;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Uses the Spark context, which a client of Spark Connect does not have. For tasks that need dedicated compute. */
public final class Parallelism {
    private static final String LEAST_TASKS = "spark.sql.files.minPartitionNum";
    private static final int TASKS_PER_CORE = 3;

    private Parallelism() {}

    /** How many Spark tasks run at the same time. */
    public static int of(SparkSession session) {
        return session.sparkContext().defaultParallelism();
    }

    /**
     * Runs work on large files with more Spark tasks than cores, so that all cores are busy to the end. By default Spark forms
     * as many tasks of equal size as there are cores, and often one more, which then runs alone.
     */
    public static <T> T balanced(SparkSession session, Supplier<T> work) {
        if (Compute.isConnect(session)) {
            return work.get();
        }
        session.conf().set(LEAST_TASKS, Integer.toString(TASKS_PER_CORE * of(session)));
        try {
            return work.get();
        } finally {
            session.conf().unset(LEAST_TASKS);
        }
    }
}
