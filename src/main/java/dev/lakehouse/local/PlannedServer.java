package dev.lakehouse.local;

import java.util.Optional;

/**
 * A server that a command would use. It is not started.
 *
 * @param <T> the address
 */
public final class PlannedServer<T> {
    private final ServerKind<T> kind;
    private final Optional<ServerSelectionResult<T>> chosen;

    private PlannedServer(ServerKind<T> kind, Optional<ServerSelectionResult<T>> chosen) {
        this.kind = kind;
        this.chosen = chosen;
    }

    static <T> PlannedServer<T> of(ServerKind<T> kind, ServerOptions options, ServersFile remembered) {
        return new PlannedServer<>(
                kind, ServerSelection.known(kind, options, remembered).or(() -> requested(options.choice())));
    }

    private static <T> Optional<ServerSelectionResult<T>> requested(ServerChoice choice) {
        return choice == ServerChoice.AUTO
                ? Optional.empty()
                : Optional.of(new ServerSelectionResult<>(
                        ServerMode.valueOf(choice.name()), Optional.empty(), "as requested"));
    }

    /** The name of its kind, such as MySQL. */
    public String name() {
        return kind.name();
    }

    /** The user's own server, if it is one. */
    public Optional<T> own() {
        return chosen.flatMap(ServerSelectionResult::own);
    }

    /** Whether it runs in a container. */
    public boolean isContainer() {
        return is(ServerMode.CONTAINERS);
    }

    /** Whether it runs embedded. */
    public boolean isEmbedded() {
        return is(ServerMode.EMBEDDED);
    }

    /** Whether neither the options nor the home decide how it runs, so that Docker does. */
    public boolean isUndecided() {
        return chosen.isEmpty();
    }

    private boolean is(ServerMode mode) {
        return chosen.filter(server -> server.place() == mode).isPresent();
    }

    /** How it runs, and why; empty if that is undecided. */
    public String description() {
        return chosen.map(server -> kind.name() + " "
                        + server.own()
                                .map(kind.identity())
                                .orElse(server.place().word())
                        + " (" + server.reason() + ")")
                .orElse("");
    }

    /**
     * Connects to the user's own server.
     *
     * @throws dev.lakehouse.UserError if it does not answer or refuses the login
     */
    public void connect() {
        own().map(kind.own()).ifPresent(RunningServer::close);
    }
}
