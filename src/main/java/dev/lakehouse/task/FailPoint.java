package dev.lakehouse.task;

/**
 * Named places between the steps of a task at which a test stops it: system property {@code lakehouse.fail-at} names
 * the place, {@code lakehouse.fail-how} is {@code throw} (the default) or {@code halt}, which ends the JVM like a kill.
 * Without the property nothing happens.
 */
public final class FailPoint {
    /** The property that names the place. */
    public static final String PROPERTY = "lakehouse.fail-at";

    private static final int KILLED = 137;

    private FailPoint() {}

    /** The task came past the named place. */
    public static void pass(String name) {
        if (!name.equals(System.getProperty(PROPERTY))) {
            return;
        }
        if ("halt".equals(System.getProperty("lakehouse.fail-how"))) {
            Runtime.getRuntime().halt(KILLED);
        }
        throw new StoppedHere(name);
    }

    /** What a stopped task throws. */
    public static final class StoppedHere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedHere(String name) {
            super("stopped at " + name);
        }
    }
}
