package dev.lakehouse.workflow;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.lakehouse.UserError;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of one workflow: runs its tasks in order and skips those whose dependencies failed. */
final class RunExecution {
    private static final Logger LOG = System.getLogger(RunExecution.class.getName());

    private final Workflow workflow;
    private final String runId;
    private final RunValues values;
    private final TaskWork work;
    private final RunListener listener;
    private final Duration grace;
    private final Stopwatch stopwatch = Stopwatch.start();
    private final Map<String, TaskRun> runs = new LinkedHashMap<>();
    private boolean canceled;
    private boolean outOfTime;

    RunExecution(
            Workflow workflow, String runId, RunValues values, TaskWork work, RunListener listener, Duration grace) {
        this.workflow = workflow;
        this.runId = runId;
        this.values = values;
        this.work = work;
        this.listener = listener;
        this.grace = grace;
    }

    WorkflowRun execute() {
        listener.runStarted(workflow, runId, values.parameters());
        for (WorkflowTask task : TaskOrder.of(workflow)) {
            TaskRun run = outcomeWithoutRun(task)
                    .map(outcome -> TaskRun.notRun(task, outcome))
                    .orElseGet(() -> run(task));
            run.failure()
                    .ifPresent(failure ->
                            LOG.log(ERROR, "Task " + task.key() + " of " + workflow.key() + " failed", failure));
            runs.put(task.key(), run);
            listener.taskFinished(run);
        }
        return new WorkflowRun(workflow, runId, outcome(), List.copyOf(runs.values()), stopwatch.elapsed());
    }

    private Outcome outcome() {
        if (outOfTime) {
            return Outcome.TIMED_OUT;
        }
        return anyFailed(runs.keySet()) ? Outcome.FAILED : Outcome.SUCCEEDED;
    }

    private boolean anyFailed(Collection<String> tasks) {
        return tasks.stream().anyMatch(key -> runs.get(key).outcome().isFailure());
    }

    private Optional<Outcome> outcomeWithoutRun(WorkflowTask task) {
        outOfTime |= remaining().map(Duration::isZero).orElse(false);
        if (canceled || outOfTime) {
            return Optional.of(Outcome.CANCELED);
        }
        return anyFailed(task.dependsOn()) ? Optional.of(Outcome.UPSTREAM_FAILED) : Optional.empty();
    }

    private TaskRun run(WorkflowTask task) {
        Stopwatch taskWatch = Stopwatch.start();
        TaskSpec resolved;
        try {
            resolved = values.resolve(task.work(), workflow.place(task));
        } catch (UserError e) {
            return new TaskRun(task.key(), Outcome.FAILED, 0, Duration.ZERO, Optional.of(e));
        }
        for (int number = 1; ; number++) {
            listener.taskStarted(task, resolved, number);
            Stopwatch attemptWatch = Stopwatch.start();
            Optional<Duration> limit = limit(task);
            Attempt attempt = Step.during(
                    task.key(),
                    () -> Attempt.make(workflow.key() + "." + task.key(), work.of(workflow, resolved), limit, grace));
            if (attempt.end() == Attempt.End.SUCCEEDED) {
                return new TaskRun(task.key(), Outcome.SUCCEEDED, number, taskWatch.elapsed(), Optional.empty());
            }
            Throwable failure = attempt.failure().orElseGet(() -> tooLong(task, attempt, limit.orElseThrow()));
            canceled = attempt.end() == Attempt.End.UNSTOPPABLE;
            Duration pause = max(task.retries().interval().minus(attemptWatch.elapsed()), Duration.ZERO);
            if (!isRetried(task, number, attempt, pause)) {
                return new TaskRun(task.key(), outcome(attempt), number, taskWatch.elapsed(), Optional.of(failure));
            }
            LOG.log(WARNING, "Task " + task.key() + " of " + workflow.key() + " failed and is retried", failure);
            listener.taskRetried(task, failure, pause);
            sleep(pause);
        }
    }

    private boolean isRetried(WorkflowTask task, int number, Attempt attempt, Duration pause) {
        boolean again = attempt.end() == Attempt.End.FAILED
                && UserError.within(attempt.failure().orElseThrow()) == null;
        int max = task.retries().max();
        boolean left = max < 0 || number <= max;
        boolean inTime = remaining().map(time -> time.compareTo(pause) > 0).orElse(true);
        return again && left && inTime && !outOfTime;
    }

    private static Outcome outcome(Attempt attempt) {
        return attempt.end() == Attempt.End.FAILED ? Outcome.FAILED : Outcome.TIMED_OUT;
    }

    private UserError tooLong(WorkflowTask task, Attempt attempt, Duration limit) {
        // The task's own limit applies if it is the shorter one: see limit().
        boolean own = limit.equals(task.timeout());
        outOfTime |= !own;
        String whose = own ? "This is its timeout_seconds in " : "Its job reached the job's timeout_seconds in ";
        String unstoppable = attempt.end() == Attempt.End.UNSTOPPABLE
                ? " The task did not stop when it was interrupted, so no other task is started."
                : "";
        return new UserError(
                "The task " + task.key() + " was stopped after " + Report.seconds(limit) + " s.",
                whose + YamlNode.display(workflow.file()) + "." + unstoppable,
                "Check the log for the reason, or raise the time limit.");
    }

    private Optional<Duration> limit(WorkflowTask task) {
        Optional<Duration> own = Optional.of(task.timeout()).filter(time -> !time.isZero());
        return remaining()
                .map(left -> own.filter(time -> time.compareTo(left) < 0).orElse(left))
                .or(() -> own);
    }

    private Optional<Duration> remaining() {
        return workflow.timeout().isZero()
                ? Optional.empty()
                : Optional.of(max(workflow.timeout().minus(stopwatch.elapsed()), Duration.ZERO));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static void sleep(Duration pause) {
        try {
            // Rounded up, so that no interval is shorter than configured.
            Thread.sleep(pause.plusNanos(999_999).toMillis());
        } catch (InterruptedException e) {
            throw Attempt.interrupted(e);
        }
    }
}
