package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt of a task in a separate thread, so that it can be stopped at its time limit. */
record Attempt(End end, Optional<Throwable> failure) {

    enum End {
        SUCCEEDED,
        FAILED,
        /** Interrupted at its time limit, then ended. */
        TIMED_OUT,
        /** Interrupted at its time limit, but did not end. */
        UNSTOPPABLE
    }

    /**
     * Runs a task until it ends or reaches its time limit.
     *
     * @param limit the time limit; empty for none
     * @param grace how long an interrupted task may take to end
     */
    static Attempt make(String name, Callable<Void> work, Optional<Duration> limit, Duration grace) {
        FutureTask<Void> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            if (limit.isPresent()) {
                task.get(limit.get().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                task.get();
            }
            return new Attempt(End.SUCCEEDED, Optional.empty());
        } catch (ExecutionException e) {
            return new Attempt(End.FAILED, Optional.of(e.getCause()));
        } catch (TimeoutException e) {
            return new Attempt(stop(thread, grace) ? End.TIMED_OUT : End.UNSTOPPABLE, Optional.empty());
        } catch (InterruptedException e) {
            stop(thread, grace);
            throw interrupted(e);
        }
    }

    private static boolean stop(Thread thread, Duration grace) {
        thread.interrupt();
        try {
            thread.join(grace.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return !thread.isAlive();
    }

    static UserError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UserError(
                "The run was interrupted.",
                "Its thread was interrupted.",
                "Run it again. Rows that are already loaded are not loaded twice.",
                e);
    }
}
