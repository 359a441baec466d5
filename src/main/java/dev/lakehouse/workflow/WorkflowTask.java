package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A task of a workflow.
 *
 * @param key its name within the workflow
 * @param dependsOn keys of the tasks that must have succeeded before it starts
 * @param work what it does
 * @param retries when and how often it is tried again
 * @param timeout how long one attempt may take; zero: as long as it likes
 */
public record WorkflowTask(String key, List<String> dependsOn, TaskSpec work, Retries retries, Duration timeout) {

    public WorkflowTask {
        dependsOn = List.copyOf(dependsOn);
    }

    WorkflowTask withWork(TaskSpec changed) {
        return new WorkflowTask(key, dependsOn, changed, retries, timeout);
    }

    WorkflowTask dependingOnly(Collection<String> keys) {
        return new WorkflowTask(key, dependsOn.stream().filter(keys::contains).toList(), work, retries, timeout);
    }

    /**
     * When a failed task is tried again. A user's error never is: it would fail in the same way. Nor is an attempt that took
     * too long.
     *
     * @param max attempts after the first; -1: without end
     * @param interval least time from the start of an attempt to the start of the next
     */
    public record Retries(int max, Duration interval) {}
}
