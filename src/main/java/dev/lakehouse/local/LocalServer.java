package dev.lakehouse.local;

/**
 * A server of a home, chosen and started at its first use. Calls wait until it answers. Closing does not wait for a
 * start in progress; that server is closed when it has started.
 *
 * @param <T> the address
 */
public final class LocalServer<T> implements AutoCloseable {
    private final ServerKind<T> kind;
    private final Home home;
    private final ServerOptions options;
    private final ServersFile remembered;

    /** The lock during a start, which may take minutes. The state below is guarded by this object's own lock. */
    private final Object start = new Object();

    private Running<T> running;
    private boolean closed;

    LocalServer(ServerKind<T> kind, Home home, ServerOptions options, ServersFile remembered) {
        this.kind = kind;
        this.home = home;
        this.options = options;
        this.remembered = remembered;
    }

    /** A running server, and the reason for its choice. */
    private record Running<T>(ServerSelectionResult<T> chosen, RunningServer<T> server) {}

    /**
     * The server's address.
     *
     * @throws dev.lakehouse.UserError if the options contradict the choice stored in the home, or the server does not
     *     start
     */
    public T address() {
        return running().server().address();
    }

    /** Whether it is a local server, whose data may be generated and deleted. */
    public boolean isLocal() {
        return running().chosen().place() != ServerMode.OWN;
    }

    /** Product, address and reason of the choice, in one line. */
    public String description() {
        Running<T> server = running();
        return kind.name() + ": " + server.server().description() + " ("
                + server.chosen().reason() + ")";
    }

    /** The running server, started at the first call. The choice is stored in the home when the server answers. */
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
