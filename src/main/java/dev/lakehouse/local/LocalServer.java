package dev.lakehouse.local;

/**
 * A server of a home, chosen and started at its first use; what is asked of it waits until it answers. Closing does not
 * wait for a start that is under way; what it brings is closed as soon as it is there.
 *
 * @param <T> how the server is reached
 */
public final class LocalServer<T> implements AutoCloseable {
    private final ServerKind<T> kind;
    private final Home home;
    private final ServerOptions options;
    private final ServersFile remembered;

    /** Held while a server starts, which may take minutes; the state below has this object's own lock. */
    private final Object start = new Object();

    private Running<T> running;
    private boolean closed;

    LocalServer(ServerKind<T> kind, Home home, ServerOptions options, ServersFile remembered) {
        this.kind = kind;
        this.home = home;
        this.options = options;
        this.remembered = remembered;
    }

    /** A server that answers, and why it was chosen. */
    private record Running<T>(ServerSelectionResult<T> chosen, RunningServer<T> server) {}

    /**
     * How it is reached.
     *
     * @throws dev.lakehouse.UserError if the options contradict what the home remembers, or it does not start
     */
    public T address() {
        return running().server().address();
    }

    /** Whether it is one of the lakehouse's own making, whose data may be generated and thrown away. */
    public boolean isLocal() {
        return running().chosen().place() != ServerMode.OWN;
    }

    /** What it is, where it answers, and why it was chosen, in one line. */
    public String description() {
        Running<T> server = running();
        return kind.name() + ": " + server.server().description() + " ("
                + server.chosen().reason() + ")";
    }

    /** The running server, started at the first call; the home remembers it once it answers. */
    private Running<T> running() {
        synchronized (start) {
            Running<T> known = known();
            if (known != null) {
                return known;
            }
            ServerSelectionResult<T> chosen = ServerSelection.of(kind, options, remembered);
            Running<T> started = kept(new Running<>(chosen, kind.start(home, chosen)));
            remembered.remember(kind, chosen);
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
