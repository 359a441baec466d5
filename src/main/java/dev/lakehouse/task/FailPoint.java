package dev.lakehouse.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Named places between the steps of a task, at which a test stops it or does something behind its back. Where no test
 * asked for anything, nothing happens.
 */
public final class FailPoint {
    private static final Map<String, Runnable> ACTIONS = new ConcurrentHashMap<>();

    private FailPoint() {}

    /** The task came past the named place. */
    public static void pass(String name) {
        Runnable action = ACTIONS.remove(name);
        if (action != null) {
            action.run();
        }
    }

    /** Has an action run the next time when a task comes past the named place. */
    public static void once(String name, Runnable action) {
        ACTIONS.put(name, action);
    }
}
