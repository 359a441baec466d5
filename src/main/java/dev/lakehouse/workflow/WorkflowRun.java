package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.List;

/**
 * The result of a workflow's run.
 *
 * @param workflow the workflow with its variables replaced
 * @param runId the value of {@code job.run_id}
 * @param tasks all tasks, in the order in which they ran
 */
public record WorkflowRun(Workflow workflow, String runId, Outcome outcome, List<TaskRun> tasks, Duration duration) {

    public WorkflowRun {
        tasks = List.copyOf(tasks);
    }
}
