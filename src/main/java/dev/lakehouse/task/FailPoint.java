package dev.lakehouse.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Named points between the steps of a task, at which a test can stop the task or run an action. Without a test they do
 * nothing.
 */
public final class FailPoint {
    private static final Map<String, Runnable> ACTIONS = new ConcurrentHashMap<>();

    private FailPoint() {}

    /** Runs the action of a fail point, if a test registered one. */
    public static void pass(String name) {
        Runnable action = ACTIONS.remove(name);
        if (action != null) {
            action.run();
        }
    }

    /** Registers an action that runs the next time a task passes the fail point. */
    public static void once(String name, Runnable action) {
        ACTIONS.put(name, action);
    }
}
