package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of a task in a run.
 *
 * @param key the task; of an iteration the task and the input, such as {@code tables [customers]}
 * @param attempts how often it was started; 0 if it did not run
 * @param duration from the start of its first attempt to the end of its last
 * @param failure the exception of its last attempt; of a {@code for_each_task} its iterations have the failures
 * @param iterations of a {@code for_each_task}, in the order of its inputs
 */
public record TaskRun(
        String key,
        Outcome outcome,
        int attempts,
        Duration duration,
        Optional<Throwable> failure,
        List<TaskRun> iterations) {

    public TaskRun {
        iterations = List.copyOf(iterations);
    }

    TaskRun(String key, Outcome outcome, int attempts, Duration duration, Optional<Throwable> failure) {
        this(key, outcome, attempts, duration, failure, List.of());
    }

    static TaskRun notRun(WorkflowTask task, Outcome outcome) {
        return new TaskRun(task.key(), outcome, 0, Duration.ZERO, Optional.empty());
    }
}
