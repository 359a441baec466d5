package dev.lakehouse.workflow;

/** How a task of a run ended, in the words of Databricks' jobs. */
public enum TaskOutcome {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    TIMED_OUT("timed out"),
    /** It did not run, because a task that it depends on did not succeed. */
    UPSTREAM_FAILED("upstream failed"),
    /** It did not run, because the run's time was over or an earlier task could not be stopped. */
    CANCELED("canceled");

    private final String words;

    TaskOutcome(String words) {
        this.words = words;
    }

    /** Whether dependents and the run see a failure. */
    public boolean isFailure() {
        return this != SUCCEEDED;
    }

    /** The outcome as people read it. */
    @Override
    public String toString() {
        return words;
    }
}
