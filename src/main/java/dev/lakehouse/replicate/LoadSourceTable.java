package dev.lakehouse.replicate;

import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskSequence;
import dev.lakehouse.task.TidyTable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loads one table of a MySQL database whose tables are loaded together. The steps are {@code load} ({@link LoadTable}),
 * {@code reconcile} ({@link ReconcileTable}), {@code remove_extracts} ({@link RemoveExtracts}) and {@code tidy}
 * ({@link TidyTable}).
 */
public final class LoadSourceTable extends TaskSequence {
    LoadSourceTable() {
        super(steps());
    }

    private static Map<String, Task> steps() {
        Map<String, Task> steps = new LinkedHashMap<>();
        steps.put("load", new LoadTable());
        steps.put("reconcile", new ReconcileTable());
        steps.put("remove_extracts", new RemoveExtracts());
        steps.put("tidy", new TidyTable());
        return steps;
    }

    /** Runs the steps. */
    public static void main(String[] arguments) {
        new LoadSourceTable().execute(arguments);
    }
}
