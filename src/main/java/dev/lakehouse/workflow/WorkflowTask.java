package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * A task of a workflow.
 *
 * @param key its name within the workflow
 * @param dependsOn keys of the tasks that must succeed before it starts
 * @param work what it does
 * @param retries when and how often it is retried
 * @param timeout the time limit of one attempt; zero for none
 */
public record WorkflowTask(String key, List<String> dependsOn, TaskSpec work, Retries retries, Duration timeout) {

    public WorkflowTask {
        dependsOn = List.copyOf(dependsOn);
    }

    WorkflowTask withWork(TaskSpec changed) {
        return new WorkflowTask(key, dependsOn, changed, retries, timeout);
    }

    WorkflowTask withKey(String changed) {
        return new WorkflowTask(changed, dependsOn, work, retries, timeout);
    }

    WorkflowTask dependingOnly(Collection<String> keys) {
        return new WorkflowTask(key, dependsOn.stream().filter(keys::contains).toList(), work, retries, timeout);
    }

    /**
     * When a failed task is retried. A {@link dev.lakehouse.UserError} is not retried, because it would fail again. An
     * attempt that reached its time limit is not retried either.
     *
     * @param max retries after the first attempt; -1 for no limit
     * @param interval the minimum time from the start of an attempt to the start of the next
     */
    public record Retries(int max, Duration interval) {}
}
