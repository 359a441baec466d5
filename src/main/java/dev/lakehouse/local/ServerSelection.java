package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the servers of a command. A home always uses the servers of its first use, because they contain its data. An
 * option for another server is refused, because otherwise the data of a home would be divided between servers.
 */
final class ServerSelection {
    private ServerSelection() {}

    /** The server of a kind. A home may first need it later than S3. */
    static <T> ServerSelectionResult<T> of(ServerKind<T> kind, ServerOptions options, ServersFile remembered) {
        String what = kind.name() + " server";
        String image = kind.image().get();
        Optional<ServerSelectionResult<T>> known = known(kind, options, remembered);
        known.filter(server -> server.place() == ServerMode.CONTAINERS)
                .ifPresent(server -> require(what, image, "This home uses containers"));
        return known.orElseGet(() -> firstUse(what, options.choice(), image));
    }

    /**
     * The server of a kind, if the options or an earlier use decide it. Docker is not asked.
     *
     * @throws UserError if the options contradict the earlier use
     */
    static <T> Optional<ServerSelectionResult<T>> known(
            ServerKind<T> kind, ServerOptions options, ServersFile remembered) {
        Optional<T> asked = kind.asked().apply(options);
        Optional<ServerSelectionResult<T>> before =
                remembered.find(kind).or(() -> followed(options, asked, remembered.find(ServerKind.S3)));
        String what = kind.name() + " server";
        Function<T, String> name = kind.identity();
        if (asked.isPresent()) {
            String wanted = name.apply(asked.get());
            before.filter(known -> known.own().map(name).filter(wanted::equals).isEmpty())
                    .ifPresent(known -> refuse(what, wanted, named(known, name)));
            return Optional.of(new ServerSelectionResult<>(ServerMode.OWN, asked, "as given"));
        }
        before.filter(known -> known.place() != ServerMode.OWN
                        && options.choice() != ServerChoice.AUTO
                        && !options.choice().name().equals(known.place().name()))
                .ifPresent(known ->
                        refuse(what, placed(ServerMode.valueOf(options.choice().name())), named(known, name)));
        return before;
    }

    /** Without an option, a server runs embedded if the home's S3 server does. */
    private static <T> Optional<ServerSelectionResult<T>> followed(
            ServerOptions options, Optional<T> asked, Optional<ServerSelectionResult<S3Endpoint>> s3) {
        boolean follows = asked.isEmpty()
                && options.choice() == ServerChoice.AUTO
                && s3.filter(known -> known.place() == ServerMode.EMBEDDED).isPresent();
        return follows
                ? Optional.of(new ServerSelectionResult<>(
                        ServerMode.EMBEDDED, Optional.empty(), "as this home's other servers"))
                : Optional.empty();
    }

    private static <T> ServerSelectionResult<T> firstUse(String what, ServerChoice choice, String image) {
        return switch (choice) {
            case EMBEDDED -> new ServerSelectionResult<>(ServerMode.EMBEDDED, Optional.empty(), "as requested");
            case CONTAINERS -> {
                require(what, image, "Containers were requested");
                yield new ServerSelectionResult<>(ServerMode.CONTAINERS, Optional.empty(), "as requested");
            }
            case AUTO ->
                Docker.obstacle(image)
                        .map(obstacle -> new ServerSelectionResult<T>(ServerMode.EMBEDDED, Optional.empty(), obstacle))
                        .orElseGet(() ->
                                new ServerSelectionResult<>(ServerMode.CONTAINERS, Optional.empty(), "Docker answers"));
        };
    }

    private static void require(String what, String image, String why) {
        Docker.obstacle(image).ifPresent(obstacle -> {
            throw new UserError(
                    "The " + what + " cannot be started as a container.",
                    why + ", but " + obstacle + ".",
                    "Start Docker and check that it can get the image " + image
                            + ", or use --servers embedded with another --home.");
        });
    }

    private static <T> String named(ServerSelectionResult<T> known, Function<T, String> name) {
        return known.own().map(name).orElseGet(() -> placed(known.place()));
    }

    private static String placed(ServerMode place) {
        return switch (place) {
            case OWN -> "your own";
            case EMBEDDED -> "the embedded one";
            case CONTAINERS -> "one in a container";
        };
    }

    private static void refuse(String what, String wanted, String known) {
        throw new UserError(
                "This home uses a different " + what + " from the one that the options name.",
                "The home uses " + known + ", but the options name " + wanted + ".",
                "Give another --home for that server, or omit the option to use the server of this home.");
    }
}
