package dev.lakehouse.storage;

import dev.lakehouse.UserError;
import org.apache.spark.sql.SparkSession;

/**
 * Creates a {@link HadoopFileStore}, whose classes a client of Spark Connect cannot load, because it has neither Hadoop
 * nor a Spark context.
 */
final class HadoopFiles {
    private HadoopFiles() {}

    static FileStore of(String location) {
        requireHadoop(location);
        return HadoopFileStore.of(location);
    }

    static TaskFiles inTasks(String location) {
        requireHadoop(location);
        return HadoopFileStore.inTasks();
    }

    private static void requireHadoop(String location) {
        try {
            SparkSession.active().sparkContext();
        } catch (UnsupportedOperationException e) {
            throw new UserError(
                    location + " cannot be reached from this compute.",
                    "This is serverless compute or a cluster in standard access mode (Spark Connect), where a task"
                            + " can only use files below /Volumes and on the local disk.",
                    "Give a path below /Volumes, or run the task on a cluster in dedicated access mode.",
                    e);
        }
    }
}
