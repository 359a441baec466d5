package dev.lakehouse.workflow;

/** How a task or a run ended, in the terms of Databricks jobs. A run fails if one of its tasks fails. */
public enum Outcome {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    TIMED_OUT("timed out"),
    /** The task did not run, because one of its dependencies did not succeed. */
    UPSTREAM_FAILED("upstream failed"),
    /** The task did not run, because the run reached its time limit or an earlier task could not be stopped. */
    CANCELED("canceled");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** Whether it is a failure for dependent tasks, for the run, and for the workflows after it. */
    public boolean isFailure() {
        return this != SUCCEEDED;
    }

    /** The text of the outcome, such as {@code timed out}. */
    @Override
    public String toString() {
        return words;
    }
}
