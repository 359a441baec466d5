package dev.lakehouse.workflow;

import static java.lang.System.Logger.Level.WARNING;

import dev.lakehouse.UserError;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Runs a task, or an iteration of one, again until it succeeds, reaches a time limit or has no retries left.
 *
 * @param grace how long an interrupted task may take to end
 */
record TaskExecution(Workflow workflow, TaskWork work, Duration grace) {
    /** Work in the Spark session of the thread that starts it. */
    static final UnaryOperator<Callable<Void>> SAME_SESSION = task -> task;

    private static final Logger LOG = System.getLogger(TaskExecution.class.getName());

    /**
     * Runs a task.
     *
     * @param resolved its work, without references
     * @param outer the time limit of what it is a part of
     * @param session adds to its work the choice of its Spark session
     */
    TaskRun run(
            WorkflowTask task,
            TaskSpec resolved,
            TimeLimit outer,
            RunListener listener,
            UnaryOperator<Callable<Void>> session) {
        Stopwatch taskWatch = Stopwatch.start();
        for (int number = 1; ; number++) {
            listener.taskStarted(task, resolved, number);
            Stopwatch attemptWatch = Stopwatch.start();
            Optional<Duration> limit = limit(task, outer);
            Attempt attempt = Step.during(
                    task.key(),
                    () -> Attempt.make(
                            workflow.key() + "." + task.key(),
                            session.apply(work.of(workflow, resolved)),
                            limit,
                            grace));
            if (attempt.end() == Attempt.End.SUCCEEDED) {
                return new TaskRun(task.key(), Outcome.SUCCEEDED, number, taskWatch.elapsed(), Optional.empty());
            }
            if (attempt.end() == Attempt.End.UNSTOPPABLE) {
                outer.block();
            }
            Throwable failure = attempt.failure().orElseGet(() -> tooLong(task, attempt, limit.orElseThrow(), outer));
            Duration left = task.retries().interval().minus(attemptWatch.elapsed());
            Duration pause = left.isNegative() ? Duration.ZERO : left;
            if (!isRetried(task, number, attempt, pause, outer)) {
                return new TaskRun(task.key(), outcome(attempt), number, taskWatch.elapsed(), Optional.of(failure));
            }
            LOG.log(WARNING, "Task " + task.key() + " of " + workflow.key() + " failed and is retried", failure);
            listener.taskRetried(task, failure, pause);
            sleep(pause);
        }
    }

    private static Optional<Duration> limit(WorkflowTask task, TimeLimit outer) {
        Optional<Duration> own = Optional.of(task.timeout()).filter(time -> !time.isZero());
        return outer.remaining()
                .map(left -> own.filter(time -> time.compareTo(left) < 0).orElse(left))
                .or(() -> own);
    }

    private static boolean isRetried(WorkflowTask task, int number, Attempt attempt, Duration pause, TimeLimit outer) {
        boolean again = attempt.end() == Attempt.End.FAILED
                && UserError.within(attempt.failure().orElseThrow()) == null;
        int max = task.retries().max();
        boolean left = max < 0 || number <= max;
        boolean inTime =
                outer.remaining().map(time -> time.compareTo(pause) > 0).orElse(true);
        return again && left && inTime && !outer.forbidsStart();
    }

    private static Outcome outcome(Attempt attempt) {
        return attempt.end() == Attempt.End.FAILED ? Outcome.FAILED : Outcome.TIMED_OUT;
    }

    private UserError tooLong(WorkflowTask task, Attempt attempt, Duration limit, TimeLimit outer) {
        // The task's own limit applies if it is the shorter one: see limit().
        String whose = limit.equals(task.timeout()) ? "This is its timeout_seconds" : outer.reach();
        String unstoppable = attempt.end() == Attempt.End.UNSTOPPABLE
                ? " The task did not stop when it was interrupted, so no other task is started."
                : "";
        return new UserError(
                "The task " + task.key() + " was stopped after " + Report.seconds(limit) + " s.",
                whose + " in " + YamlNode.display(workflow.file()) + "." + unstoppable,
                "Check the log for the reason, or raise the time limit.");
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
