package dev.lakehouse.workflow;

/** How a workflow's run ended: it failed where one of its tasks did. */
public enum RunOutcome {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    TIMED_OUT("timed out");

    private final String words;

    RunOutcome(String words) {
        this.words = words;
    }

    /** Whether the run counts as failed: the workflows after it do not start. */
    public boolean isFailure() {
        return this != SUCCEEDED;
    }

    /** The outcome as people read it. */
    @Override
    public String toString() {
        return words;
    }
}
