package dev.lakehouse.task;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The running step and the number of its processed rows, for the progress display. The command line starts steps. Their code
 * names the parts, with the number of rows if it is known. On Databricks no progress is shown, so no step is started and no
 * parts are recorded.
 */
public final class Step {
    private static final AtomicReference<Step> CURRENT = new AtomicReference<>();
    private static final InheritableThreadLocal<Boolean> UNSHOWN = new InheritableThreadLocal<>();

    private final Step whole;
    private final String name;
    private final long expectedRows;
    private final AtomicLong rows = new AtomicLong();
    private final long startNanos = System.nanoTime();
    private final List<Step> parts = new CopyOnWriteArrayList<>();

    private Step(Step whole, String name, long expectedRows) {
        this.whole = whole == null ? this : whole;
        this.name = this.whole == this ? name : this.whole.name + ", " + name;
        this.expectedRows = expectedRows;
    }

    /** Does the work of a step. */
    public static <T> T during(String name, Supplier<T> work) {
        if (UNSHOWN.get() != null) {
            return work.get();
        }
        CURRENT.set(new Step(null, name, 0));
        try {
            return work.get();
        } finally {
            CURRENT.set(null);
        }
    }

    /**
     * Does work that runs at the same time as other work of the running step, such as one of several tasks. The steps and parts of
     * its threads are not shown, because parts follow each other.
     */
    public static <T> T unshown(Supplier<T> work) {
        UNSHOWN.set(true);
        try {
            return work.get();
        } finally {
            UNSHOWN.remove();
        }
    }

    /**
     * Does the work of a step inside another one, and measures it.
     *
     * @return the time of each part that was named, by its name; a part lasts until the next one starts
     */
    public static Map<String, Duration> timed(String name, Runnable work) {
        Step around = CURRENT.get();
        Step step = new Step(null, name, 0);
        CURRENT.set(step);
        try {
            work.run();
            return step.times(System.nanoTime());
        } finally {
            CURRENT.set(around);
        }
    }

    private Map<String, Duration> times(long endNanos) {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            long end = i + 1 < parts.size() ? parts.get(i + 1).startNanos : endNanos;
            String part = parts.get(i).name.substring(name.length() + 2);
            times.merge(part, Duration.ofNanos(end - parts.get(i).startNanos), Duration::plus);
        }
        return times;
    }

    /** The next part of the step that runs begins; of its rows nothing is known. */
    public static Step part(String name) {
        return part(name, 0);
    }

    /**
     * The next part of the step that runs begins: one pass over rows.
     *
     * @param expectedRows how many, as far as one knows
     */
    public static Step part(String name, long expectedRows) {
        Step running = UNSHOWN.get() == null ? CURRENT.get() : null;
        Step part = new Step(running == null ? null : running.whole, name, expectedRows);
        if (running != null) {
            part.whole.parts.add(part);
            CURRENT.set(part);
        }
        return part;
    }

    /** The part that runs, or the step where it has named none. */
    public static Optional<Step> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** More rows are done. Those that Spark reads are counted without this. */
    public void add(long more) {
        rows.addAndGet(more);
    }

    /** So many rows are done by now. */
    public void reached(long done) {
        rows.set(done);
    }

    /** The step that this is a part of, or this one. */
    public Step whole() {
        return whole;
    }

    /** Such as {@code extract} or {@code extract, copying}. */
    public String name() {
        return name;
    }

    /** How many rows there are; 0 where that is not known. */
    public long expectedRows() {
        return expectedRows;
    }

    /** How many of them are done. */
    public long rows() {
        return rows.get();
    }
}
