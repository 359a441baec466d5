package dev.lakehouse.workflow;

import java.util.Collection;
import java.util.Optional;

/**
 * When a task runs, given how its dependencies ended: the {@code run_if} of Databricks' jobs. As there, a failed
 * upstream counts as failed and an excluded dependency as successful, except that a task whose dependencies are all
 * excluded is excluded itself. A task without dependencies always runs.
 *
 * @see <a href="https://docs.databricks.com/en/jobs/run-if.html">Configure task dependencies</a>
 */
public enum RunIf {
    ALL_SUCCESS,
    ALL_DONE,
    NONE_FAILED,
    AT_LEAST_ONE_SUCCESS,
    ALL_FAILED,
    AT_LEAST_ONE_FAILED;

    /** The outcome of a task that does not run; empty where it runs. */
    Optional<TaskOutcome> outcomeWithoutRun(Collection<TaskOutcome> dependencies) {
        if (dependencies.isEmpty()) {
            return Optional.empty();
        }
        if (dependencies.stream().allMatch(outcome -> outcome == TaskOutcome.EXCLUDED)) {
            return Optional.of(TaskOutcome.EXCLUDED);
        }
        long failed = dependencies.stream().filter(TaskOutcome::isFailure).count();
        int all = dependencies.size();
        return switch (this) {
            case ALL_DONE -> Optional.empty();
            case ALL_SUCCESS, NONE_FAILED -> unless(failed == 0, TaskOutcome.UPSTREAM_FAILED);
            case AT_LEAST_ONE_SUCCESS -> unless(failed < all, TaskOutcome.UPSTREAM_FAILED);
            case ALL_FAILED -> unless(failed == all, TaskOutcome.EXCLUDED);
            case AT_LEAST_ONE_FAILED -> unless(failed > 0, TaskOutcome.EXCLUDED);
        };
    }

    private static Optional<TaskOutcome> unless(boolean met, TaskOutcome otherwise) {
        return met ? Optional.empty() : Optional.of(otherwise);
    }
}
