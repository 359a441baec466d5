package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a task in a run.
 *
 * @param key the task
 * @param attempts how often it was started; 0 if it did not run
 * @param duration from the start of its first attempt to the end of its last
 * @param failure the exception of its last attempt
 */
public record TaskRun(String key, Outcome outcome, int attempts, Duration duration, Optional<Throwable> failure) {

    static TaskRun notRun(WorkflowTask task, Outcome outcome) {
        return new TaskRun(task.key(), outcome, 0, Duration.ZERO, Optional.empty());
    }
}
