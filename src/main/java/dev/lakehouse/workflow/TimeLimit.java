package dev.lakehouse.workflow;

import dev.lakehouse.task.TaskContext.Stopwatch;
import java.time.Duration;
import java.util.Optional;

/**
 * When no more tasks may start: a job or a {@code for_each_task} has reached its time limit, or a task could not be stopped.
 * Its time runs from its creation. Iterations in several threads share it.
 */
final class TimeLimit {
    private final Optional<TimeLimit> around;
    private final String reached;
    private final Duration timeout;
    private final Stopwatch stopwatch = Stopwatch.start();
    private volatile boolean over;
    private volatile boolean blocked;

    private TimeLimit(Optional<TimeLimit> around, String reached, Duration timeout) {
        this.around = around;
        this.reached = reached;
        this.timeout = timeout;
    }

    /**
     * The limit of a job.
     *
     * @param timeout zero for none
     */
    static TimeLimit ofJob(Duration timeout) {
        return new TimeLimit(Optional.empty(), "Its job reached the job's timeout_seconds", timeout);
    }

    /** The limit of a task's iterations, which also end at this one. */
    TimeLimit ofIterations(WorkflowTask task) {
        return new TimeLimit(
                Optional.of(this), "The task " + task.key() + " reached its timeout_seconds", task.timeout());
    }

    /** The time that is left, at least zero; empty if there is no limit. */
    Optional<Duration> remaining() {
        return left().map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    private Optional<Duration> left() {
        Optional<Duration> outside = around.flatMap(TimeLimit::left);
        return own().map(
                        left -> outside.filter(time -> time.compareTo(left) < 0).orElse(left))
                .or(() -> outside);
    }

    private Optional<Duration> own() {
        return timeout.isZero() ? Optional.empty() : Optional.of(timeout.minus(stopwatch.elapsed()));
    }

    /** Whether no more tasks may start. */
    boolean forbidsStart() {
        over |= own().map(left -> left.isNegative() || left.isZero()).orElse(false);
        return over || blocked || around.map(TimeLimit::forbidsStart).orElse(false);
    }

    /** A task was stopped because the time was over. Returns whose limit it was, for messages. */
    String reach() {
        Optional<Duration> own = own();
        boolean outside = around.flatMap(TimeLimit::left)
                .filter(left -> own.isEmpty() || left.compareTo(own.get()) < 0)
                .isPresent();
        if (outside) {
            return around.orElseThrow().reach();
        }
        over = true;
        return reached;
    }

    /** A task could not be stopped, so nothing may start beside it. */
    void block() {
        blocked = true;
        around.ifPresent(TimeLimit::block);
    }

    /** Whether the time was over before all tasks had run. */
    boolean wasReached() {
        return over || around.map(TimeLimit::wasReached).orElse(false);
    }
}
