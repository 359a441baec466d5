package dev.lakehouse.workflow;

import java.util.Collection;

/**
 * How a workflow's run ended. As on Databricks it is the leaf tasks, those that no other depends on, that decide: a
 * failed task whose failure a later one handled leaves a run that succeeded with failures.
 */
public enum RunOutcome {
    SUCCEEDED("succeeded"),
    SUCCEEDED_WITH_FAILURES("succeeded with failures"),
    FAILED("failed"),
    TIMED_OUT("timed out");

    private final String words;

    RunOutcome(String words) {
        this.words = words;
    }

    /** Whether the run counts as failed: the workflows after it do not start. */
    public boolean isFailure() {
        return this == FAILED || this == TIMED_OUT;
    }

    static RunOutcome of(Collection<TaskOutcome> all, Collection<TaskOutcome> leaves) {
        if (leaves.stream().anyMatch(TaskOutcome::isFailure)) {
            return FAILED;
        }
        return all.stream().anyMatch(TaskOutcome::isFailure) ? SUCCEEDED_WITH_FAILURES : SUCCEEDED;
    }

    /** The outcome as people read it. */
    @Override
    public String toString() {
        return words;
    }
}
