package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.List;

/**
 * How a run of a workflow went.
 *
 * @param workflow what ran, its variables replaced
 * @param runId what {@code job.run_id} stood for
 * @param tasks every task, in the order in which they ran
 */
public record WorkflowRun(Workflow workflow, String runId, Outcome outcome, List<TaskRun> tasks, Duration duration) {

    public WorkflowRun {
        tasks = List.copyOf(tasks);
    }
}
