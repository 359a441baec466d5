package dev.lakehouse.spark;

import org.apache.spark.TaskContext;

/** Counts the rows that a Spark task reads by itself, so that they are seen in Spark's metrics and in the progress. */
public final class TaskRows {
    private TaskRows() {}

    /** Adds rows to those of the running Spark task, if there is one. A task that was killed ends here. */
    public static void read(long rows) {
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.killTaskIfInterrupted();
            task.taskMetrics().inputMetrics().incRecordsRead(rows);
        }
    }
}
