package dev.lakehouse.task;

import static java.lang.System.Logger.Level.INFO;

import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Small results that a task hands to later tasks of its run, which take them as {@code {{tasks.TASK.values.KEY}}}.
 *
 * <p>Whoever runs a task in this JVM collects its values around the call of its {@code main}. Where nobody collects, as
 * on Databricks, whose task values can be set from Python notebooks only, a value is written to the log and has no
 * other effect: a workflow that is deployed must not depend on one.
 */
public final class TaskValues {
    private static final Logger LOG = System.getLogger(TaskValues.class.getName());
    // What Databricks accepts, so that a workflow does not outgrow it unnoticed.
    private static final int MAX_BYTES = 48 * 1024;
    // Inherited, because a task may publish from a thread that it started.
    private static final InheritableThreadLocal<Collector> COLLECTOR = new InheritableThreadLocal<>();

    private TaskValues() {}

    /**
     * Publishes a value; a key that was set before is overwritten.
     *
     * @param key letters, digits and underscores
     * @param value at most 48 KiB of UTF-8
     */
    public static void set(String key, String value) {
        if (!key.matches("[A-Za-z0-9_]+")) {
            throw new IllegalArgumentException("Not a key of a task value: '" + key + "'");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("The task value '" + key + "' is larger than 48 KiB");
        }
        LOG.log(INFO, "Task value " + key + " = " + value);
        Collector collector = COLLECTOR.get();
        if (collector != null) {
            collector.put(key, value);
        }
    }

    /** Collects what this thread, and threads started by it from now on, publish until the collector is closed. */
    public static Collector collect() {
        Collector collector = new Collector();
        COLLECTOR.set(collector);
        return collector;
    }

    /** The values of one run of one task; to be closed by the thread that started it. */
    public static final class Collector implements AutoCloseable {
        private final Map<String, String> values = new LinkedHashMap<>();
        private boolean closed;

        private Collector() {}

        private synchronized void put(String key, String value) {
            // A thread that outlives its task must not change what later tasks were already given.
            if (closed) {
                throw new IllegalStateException("The task value '" + key + "' was set after its task had ended");
            }
            values.put(key, value);
        }

        /** What was published so far, by key. */
        public synchronized Map<String, String> values() {
            return Map.copyOf(values);
        }

        @Override
        public void close() {
            synchronized (this) {
                closed = true;
            }
            COLLECTOR.remove();
        }
    }
}
