package dev.lakehouse.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Creates and configures the session of tasks. */
public final class Session {
    private static final String SUBSTITUTE = "spark.sql.variable.substitute";

    /**
     * Settings for tables of few rows, where compiling queries and starting many small tasks would be most of the work.
     */
    public static final Map<String, String> FEW_ROWS = Map.of(
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.shuffle.partitions", "1",
            "spark.sql.files.minPartitionNum", "1",
            "spark.databricks.delta.snapshotPartitions", "1",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");

    private Session() {}

    /**
     * The session of this process with the settings that tasks rely on: times in UTC; ANSI mode, in which a value that
     * does not fit is an error and a DECIMAL is never formatted in scientific notation; and no variable substitution in
     * SQL text.
     */
    public static SparkSession current() {
        return configured(SparkSession.builder().getOrCreate());
    }

    /**
     * A session with the same tables and catalogue and the settings of {@link #current}, for work beside that of the given one:
     * what a write sets in one session must not reach another write.
     */
    public static SparkSession beside(SparkSession session) {
        SparkSession other = configured(session.newSession());
        other.catalog().setCurrentCatalog(session.catalog().currentCatalog());
        return other;
    }

    /**
     * Gives this thread, and threads that it starts, a session of its own as by {@link #beside}; nothing if the process has no
     * session. Call it in a new thread, which ends with the work.
     */
    public static void separateThread() {
        Option<SparkSession> session = SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession);
        if (session.isDefined()) {
            SparkSession.setActiveSession(beside(session.get()));
        }
    }

    private static SparkSession configured(SparkSession session) {
        session.conf().set("spark.sql.session.timeZone", "UTC");
        session.conf().set("spark.sql.ansi.enabled", "true");
        try {
            session.conf().set(SUBSTITUTE, "false");
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            return session; // Serverless compute does not allow this setting: see substitutes().
        }
        return session;
    }

    /**
     * Whether Spark replaces <code>${env:NAME}</code> and the like in SQL text. External text could then read the
     * environment, so SQL must not contain such text if this is true.
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

    /** Runs work with other settings in some sessions, and restores the settings after it. */
    public static <T> T with(Map<String, String> settings, List<SparkSession> sessions, Supplier<T> work) {
        List<Map<String, Optional<String>>> before = sessions.stream()
                .map(session -> settings.keySet().stream()
                        .collect(Collectors.toMap(name -> name, name -> setting(session, name))))
                .toList();
        try {
            sessions.forEach(
                    session -> settings.forEach((name, value) -> session.conf().set(name, value)));
            return work.get();
        } finally {
            for (int i = 0; i < before.size(); i++) {
                restore(sessions.get(i), before.get(i));
            }
        }
    }

    private static void restore(SparkSession session, Map<String, Optional<String>> settings) {
        settings.forEach((name, value) -> value.ifPresentOrElse(
                old -> session.conf().set(name, old), () -> session.conf().unset(name)));
    }

    /**
     * Creates the session on a laptop: Spark in this JVM, with Delta.
     *
     * @param scratch a directory for Spark's own temporary files
     * @param more further settings of Spark: access to the stores, and the terminal's output
     */
    public static SparkSession local(Path scratch, Map<String, String> more) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("lakehouse")
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                // A Spark task that runs out of memory fails its step with a message. Without this setting, Spark ends
                // this JVM with status 52 and no message.
                .config("spark.executor.killOnFatalError.depth", "0")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark").toString())
                .config(
                        "spark.sql.warehouse.dir",
                        scratch.resolve("warehouse").toUri().toString())
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // Delta's parser does not pass on named parameters in Spark 4.1's new binding.
                .config("spark.sql.legacy.parameterSubstitution.constantsOnly", "true")
                // Nobody sees the plans that Spark describes for its user interface.
                .config("spark.sql.ui.explainMode", "simple")
                .config("spark.sql.session.timeZone", "UTC")
                // One JVM needs only small shuffles, which adaptive execution coalesces further.
                .config("spark.sql.shuffle.partitions", "16")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                // The number of tasks of VACUUM's listing, even of a small table. The default is 10,000.
                .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "16");
        more.forEach(builder::config);
        return builder.getOrCreate();
    }
}
