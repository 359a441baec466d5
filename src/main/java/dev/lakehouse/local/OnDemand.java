package dev.lakehouse.local;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A server of a home, chosen and started at its first use. Closing does not wait for a start that is under way; what it
 * brings is closed as soon as it is there.
 *
 * @param <T> how the server is reached
 */
final class OnDemand<T> implements AutoCloseable {
    private final Supplier<ServerSelectionResult<T>> choice;
    private final Function<ServerSelectionResult<T>, RunningServer<T>> starter;
    private final Consumer<ServerSelectionResult<T>> memory;

    /** Held while a server starts, which may take minutes; the state below has this object's own lock. */
    private final Object start = new Object();

    private Running<T> running;
    private boolean closed;

    /**
     * A server that is not started yet.
     *
     * @param choice chooses the server
     * @param starter starts the chosen one and returns once it answers
     * @param memory keeps the choice for later commands
     */
    OnDemand(
            Supplier<ServerSelectionResult<T>> choice,
            Function<ServerSelectionResult<T>, RunningServer<T>> starter,
            Consumer<ServerSelectionResult<T>> memory) {
        this.choice = choice;
        this.starter = starter;
        this.memory = memory;
    }

    /** A server that answers, and why it was chosen. */
    record Running<T>(ServerSelectionResult<T> chosen, RunningServer<T> server) {}

    /** The running server, started at the first call; the home remembers it once it answers. */
    Running<T> running() {
        synchronized (start) {
            Running<T> known = known();
            if (known != null) {
                return known;
            }
            ServerSelectionResult<T> chosen = choice.get();
            Running<T> started = kept(new Running<>(chosen, starter.apply(chosen)));
            memory.accept(chosen);
            return started;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.server().close();
            running = null;
        }
    }

    private synchronized Running<T> known() {
        if (closed) {
            throw new IllegalStateException("The servers are stopped");
        }
        return running;
    }

    private synchronized Running<T> kept(Running<T> started) {
        if (closed) {
            started.server().close();
            throw new IllegalStateException("The servers were stopped while one of them was starting");
        }
        running = started;
        return started;
    }
}
