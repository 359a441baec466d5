package dev.lakehouse.task;

import dev.lakehouse.testing.TestLakehouse;
import picocli.CommandLine;

/** Contexts for tests of what tasks are made of. */
public final class TaskContexts {
    private TaskContexts() {}

    /** A context on a lakehouse's warehouse. */
    public static TaskContext of(TestLakehouse lakehouse) {
        TestLakehouse.session();
        TaskOptions options = new TaskOptions();
        new CommandLine(options).parseArgs("--warehouse=" + lakehouse.warehouse());
        return TaskContext.create("Test", options);
    }
}
