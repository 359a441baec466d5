package dev.lakehouse.workflow;

/** How a task of a run ended, in the words of Databricks' jobs. */
public enum TaskOutcome {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    TIMED_OUT("timed out"),
    /** It did not run, because its {@code run_if} wants successes that its dependencies did not bring. */
    UPSTREAM_FAILED("upstream failed"),
    /** It did not run, because its {@code run_if} wants failures and there were none; counts as successful. */
    EXCLUDED("excluded"),
    /** It did not run, because the run's time was over or an earlier task could not be stopped. */
    CANCELED("canceled");

    private final String words;

    TaskOutcome(String words) {
        this.words = words;
    }

    /** Whether dependents and the run see a failure. */
    public boolean isFailure() {
        return this != SUCCEEDED && this != EXCLUDED;
    }

    /** The outcome as people read it. */
    @Override
    public String toString() {
        return words;
    }
}
