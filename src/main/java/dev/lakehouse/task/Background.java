package dev.lakehouse.task;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
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
            throw Background.<RuntimeException>unchanged(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Spark throws checked exceptions undeclared, and recognises its own. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException unchanged(Throwable failure) throws E {
        throw (E) failure;
    }

    /** The exception for an interrupted thread, in a form in which Spark recognises that a stream was stopped. */
    static UncheckedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = new InterruptedIOException("Interrupted while waiting for a result");
        stopped.initCause(cause);
        return new UncheckedIOException(stopped);
    }

    /** Waits for the end of the work, so that none continues after a failure or an interruption of the current thread. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            if (interrupted) {
                thread.interrupt();
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
