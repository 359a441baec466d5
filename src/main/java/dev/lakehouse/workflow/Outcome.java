package dev.lakehouse.workflow;

/** How a task, or a run, ended, in the words of Databricks' jobs. A run failed where one of its tasks did. */
public enum Outcome {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    TIMED_OUT("timed out"),
    /** A task did not run, because one that it depends on did not succeed. */
    UPSTREAM_FAILED("upstream failed"),
    /** A task did not run, because the run's time was over or an earlier task could not be stopped. */
    CANCELED("canceled");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** Whether dependents, the run and the workflows after it see a failure. */
    public boolean isFailure() {
        return this != SUCCEEDED;
    }

    /** The outcome as people read it. */
    @Override
    public String toString() {
        return words;
    }
}
