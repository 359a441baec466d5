package dev.lakehouse.extract;

import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskSequence;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Extracts one table of a MySQL database whose tables are extracted together. The steps are {@code check}
 * ({@link CheckSource}), {@code extract} ({@link ExtractTable}) and {@code verify} ({@link VerifyExtract}).
 */
public final class ExtractSourceTable extends TaskSequence {
    ExtractSourceTable() {
        super(steps());
    }

    private static Map<String, Task> steps() {
        Map<String, Task> steps = new LinkedHashMap<>();
        steps.put("check", new CheckSource());
        steps.put("extract", new ExtractTable());
        steps.put("verify", new VerifyExtract());
        return steps;
    }

    /** Runs the steps. */
    public static void main(String[] arguments) {
        new ExtractSourceTable().execute(arguments);
    }
}
