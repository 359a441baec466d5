package dev.lakehouse.task;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.spark.Session;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * Several tasks on one table, one after the other, until one fails. All of them get the same arguments, of which each takes
 * those that it has an option for; each has a ledger row of its own. {@code --steps=NAME,NAME} runs only some of them. They run
 * in a session of their own, so that sequences for several tables can run side by side.
 */
public abstract class TaskSequence implements AcceptsArguments {
    private static final String STEPS = "--steps=";

    private final Map<String, Task> tasks;

    /** @param tasks the tasks by the names of their steps, in order */
    protected TaskSequence(Map<String, Task> tasks) {
        this.tasks = tasks;
    }

    /** Runs the tasks. */
    protected final void execute(String... arguments) {
        parse(arguments);
        SparkSession outside = Session.current();
        // Over Spark Connect every task has a session of its own anyway, and a further one would not have the jar.
        SparkSession.setActiveSession(Compute.isConnect(outside) ? outside : Session.beside(outside));
        try {
            chosen(arguments).forEach(Task::executeParsed);
        } finally {
            SparkSession.setActiveSession(outside);
        }
    }

    @Override
    public final void parse(String... arguments) {
        Set<String> unknown = new LinkedHashSet<>(List.of(arguments));
        unknown.removeIf(argument -> argument.startsWith(STEPS));
        chosen(arguments);
        tasks.values().forEach(task -> unknown.retainAll(task.parseKnown(arguments)));
        if (!unknown.isEmpty()) {
            throw wrong("None of its steps has an option for " + String.join(", ", unknown) + ".");
        }
    }

    private List<Task> chosen(String... arguments) {
        for (String argument : arguments) {
            if (argument.startsWith(STEPS)) {
                List<String> names = List.of(argument.substring(STEPS.length()).split(","));
                if (!tasks.keySet().containsAll(names)) {
                    throw wrong(
                            "Its steps are " + String.join(", ", tasks.keySet()) + ", but " + argument + " was given.");
                }
                return tasks.entrySet().stream()
                        .filter(step -> names.contains(step.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
            }
        }
        return List.copyOf(tasks.values());
    }

    private UserError wrong(String cause) {
        return new UserError(
                getClass().getSimpleName() + " cannot start: its parameters are wrong.",
                cause,
                "Correct the task's parameters in the workflow file.");
    }
}
