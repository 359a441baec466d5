package dev.lakehouse.workflow;

import static java.lang.System.Logger.Level.ERROR;

import dev.lakehouse.UserError;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of one workflow: runs its tasks in order and skips those whose dependencies failed. */
final class RunExecution {
    private static final Logger LOG = System.getLogger(RunExecution.class.getName());

    private final Workflow workflow;
    private final String runId;
    private final RunValues values;
    private final TaskExecution tasks;
    private final RunListener listener;
    private final TimeLimit limit;
    private final Stopwatch stopwatch = Stopwatch.start();
    private final Map<String, TaskRun> runs = new LinkedHashMap<>();

    RunExecution(
            Workflow workflow, String runId, RunValues values, TaskWork work, RunListener listener, Duration grace) {
        this.workflow = workflow;
        this.runId = runId;
        this.values = values;
        this.tasks = new TaskExecution(workflow, work, grace);
        this.listener = listener;
        this.limit = TimeLimit.ofJob(workflow.timeout());
    }

    WorkflowRun execute() {
        listener.runStarted(workflow, runId, values.parameters());
        for (WorkflowTask task : TaskOrder.of(workflow)) {
            TaskRun run = outcomeWithoutRun(task)
                    .map(outcome -> TaskRun.notRun(task, outcome))
                    .orElseGet(() -> run(task));
            log(run);
            runs.put(task.key(), run);
            listener.taskFinished(run);
        }
        return new WorkflowRun(workflow, runId, outcome(), List.copyOf(runs.values()), stopwatch.elapsed());
    }

    private void log(TaskRun run) {
        Stream.concat(Stream.of(run), run.iterations().stream()).forEach(each -> each.failure()
                .ifPresent(failure ->
                        LOG.log(ERROR, "Task " + each.key() + " of " + workflow.key() + " failed", failure)));
    }

    private Outcome outcome() {
        if (limit.wasReached()) {
            return Outcome.TIMED_OUT;
        }
        return anyFailed(runs.keySet()) ? Outcome.FAILED : Outcome.SUCCEEDED;
    }

    private boolean anyFailed(Collection<String> keys) {
        return keys.stream().anyMatch(key -> runs.get(key).outcome().isFailure());
    }

    private Optional<Outcome> outcomeWithoutRun(WorkflowTask task) {
        if (limit.forbidsStart()) {
            return Optional.of(Outcome.CANCELED);
        }
        return anyFailed(task.dependsOn()) ? Optional.of(Outcome.UPSTREAM_FAILED) : Optional.empty();
    }

    private TaskRun run(WorkflowTask task) {
        TaskSpec resolved;
        List<WorkflowTask> iterations;
        try {
            resolved = values.resolve(task.work(), workflow.place(task));
            iterations =
                    resolved instanceof TaskSpec.ForEach each ? values.iterations(workflow, task, each) : List.of();
        } catch (UserError e) {
            return new TaskRun(task.key(), Outcome.FAILED, 0, Duration.ZERO, Optional.of(e));
        }
        if (resolved instanceof TaskSpec.ForEach each) {
            listener.taskStarted(task, each, 1);
            return new ForEachExecution(task, each, iterations, tasks, limit, listener).execute();
        }
        return tasks.run(task, resolved, limit, listener, TaskExecution.SAME_SESSION);
    }
}
