package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Receives the events of runs on the thread that runs them. All methods are optional. An iteration of a {@code for_each_task} has
 * the events of a task whose key is {@code TASK [INPUT]}, between the start and the end of its task; if several run at the same
 * time, its events arrive when it has ended.
 */
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
     * @param resolved its work with all references replaced
     * @param attempt 1 for the first
     */
    default void taskStarted(WorkflowTask task, TaskSpec resolved, int attempt) {}

    /** An attempt failed. It is repeated after a pause. */
    default void taskRetried(WorkflowTask task, Throwable failure, Duration pause) {}

    /** A task ended or was skipped. */
    default void taskFinished(TaskRun task) {}

    /**
     * A workflow ended.
     *
     * @param notStarted the workflows that are not started because this one failed
     */
    default void runFinished(WorkflowRun run, List<Workflow> notStarted) {}
}
