package dev.lakehouse.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Where tasks get their session. */
public final class Session {
    private static final String SUBSTITUTE = "spark.sql.variable.substitute";

    private Session() {}

    /**
     * The session of this process, with what the data path relies on: times in UTC; ANSI mode, in which a value that does
     * not fit is an error and a DECIMAL's text never takes the scientific form; and SQL text that is taken as it is.
     */
    public static SparkSession current() {
        SparkSession session = SparkSession.builder().getOrCreate();
        session.conf().set("spark.sql.session.timeZone", "UTC");
        session.conf().set("spark.sql.ansi.enabled", "true");
        try {
            session.conf().set(SUBSTITUTE, "false");
        } catch (Exception e) { // Spark throws checked ones undeclared
            return session; // Serverless compute does not take it: see substitutes().
        }
        return session;
    }

    /**
     * Whether Spark replaces <code>${env:NAME}</code> and the like in SQL text. Text from outside could read the
     * environment that way, so it must not stand in SQL where this is true.
     */
    public static boolean substitutes(SparkSession session) {
        return !setting(session, SUBSTITUTE).equals(Optional.of("false"));
    }

    /** The value of a setting; empty where there is none, or where compute does not show its settings. */
    public static Optional<String> setting(SparkSession session, String name) {
        try {
            return Optional.of(session.conf().get(name, "")).filter(value -> !value.isEmpty());
        } catch (Exception e) { // Spark throws checked ones undeclared
            return Optional.empty();
        }
    }

    /**
     * Makes the session of a laptop: Spark in this JVM, with Delta.
     *
     * @param scratch a directory for Spark's own temporary files
     * @param more Spark's settings besides: how the stores in use are reached, what the terminal shows
     */
    public static SparkSession local(Path scratch, Map<String, String> more) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("lakehouse")
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                // A task that runs out of memory fails, and with it the step, which says so. Otherwise Spark ends this
                // JVM
                // with status 52 and no message.
                .config("spark.executor.killOnFatalError.depth", "0")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark").toString())
                .config(
                        "spark.sql.warehouse.dir",
                        scratch.resolve("warehouse").toUri().toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // Delta's parser does not hand named parameters on in Spark 4.1's new way of binding them.
                .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true")
                // One JVM: small shuffles, which adaptive execution coalesces further.
                .config("spark.sql.shuffle.partitions", "16")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                // Into how many tasks VACUUM cuts its listing, however little there is to list; the default is 10,000.
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "16");
        more.forEach(builder::config);
        return builder.getOrCreate();
    }
}
