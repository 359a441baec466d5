package dev.lakehouse.task;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work beside that of the current thread. It uses what the current thread hands on, such as Spark's settings for its jobs.
 *
 * @param <T> its result
 */
public final class Background<T> implements AutoCloseable {
    private final FutureTask<T> work;
    private final Thread thread;

    private Background(FutureTask<T> work) {
        this.work = work;
        this.thread = new Thread(work, Thread.currentThread().getName() + ", beside");
        thread.setDaemon(true);
    }

    /** Starts the work. */
    public static <T> Background<T> start(Supplier<T> work) {
        Background<T> background = new Background<>(new FutureTask<>(work::get));
        background.thread.start();
        return background;
    }

    /** Waits for the result. Throws what the work threw. */
    public T result() {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a result", e);
        }
    }

    /** Waits for the end of the work, so that none continues after a failure of the current thread. */
    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
