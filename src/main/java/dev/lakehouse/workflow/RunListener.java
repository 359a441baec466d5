package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Is told how runs go while they do, on the thread that runs them; what it does not care about it leaves out. */
public interface RunListener {

    /**
     * A workflow starts.
     *
     * @param parameters the job's parameters, resolved
     */
    default void runStarted(Workflow workflow, String runId, Map<String, String> parameters) {}

    /**
     * An attempt at a task starts.
     *
     * @param resolved its work with every reference replaced
     * @param attempt 1 for the first
     */
    default void taskStarted(WorkflowTask task, TaskSpec resolved, int attempt) {}

    /** An attempt failed and another one follows after a pause. */
    default void taskRetried(WorkflowTask task, Throwable failure, Duration pause) {}

    /** A task ended, or was found not to run. */
    default void taskFinished(TaskRun task) {}

    /**
     * A workflow ended.
     *
     * @param notStarted the workflows that were to follow and do not, because this one failed
     */
    default void runFinished(WorkflowRun run, List<Workflow> notStarted) {}
}
