package dev.lakehouse.spark;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Where tasks get their session. */
public final class Session {
    private Session() {}

    /**
     * The session of this process, with what the data path relies on: times in UTC, and ANSI mode, in which a value
     * that does not fit is an error and a DECIMAL's text never takes the scientific form.
     */
    public static SparkSession current() {
        SparkSession session = SparkSession.builder().getOrCreate();
        session.conf().set("spark.sql.session.timeZone", "UTC");
        session.conf().set("spark.sql.ansi.enabled", "true");
        return session;
    }

    /**
     * Makes the session of a laptop: Spark in this JVM, with Delta.
     *
     * @param scratch a directory for Spark's own temporary files
     * @param storage Spark settings by which the stores in use are reached
     */
    public static SparkSession local(Path scratch, Map<String, String> storage) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("lakehouse")
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", System.console() != null)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark").toString())
                .config(
                        "spark.sql.warehouse.dir",
                        scratch.resolve("warehouse").toUri().toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // One JVM: small shuffles, which adaptive execution coalesces further.
                .config("spark.sql.shuffle.partitions", "16")
                .config("spark.databricks.delta.snapshotPartitions", "2");
        storage.forEach(builder::config);
        return builder.getOrCreate();
    }
}
