package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which servers a command uses. What a home has once used it uses ever after: the data are there. An option that asks
 * for another server is refused and never followed half, because two sets of servers under one home would each hold a
 * part.
 */
final class ServerSelection {
    private ServerSelection() {}

    /**
     * MySQL, which a home may come to need later than S3.
     *
     * @param s3 the home's S3 server, where it is remembered
     */
    static ServerSelectionResult<MySqlServer> mysql(
            ServerOptions options,
            Optional<ServerSelectionResult<MySqlServer>> remembered,
            Optional<ServerSelectionResult<S3Endpoint>> s3) {
        return select(
                "MySQL server",
                options.mysql(),
                remembered.or(() -> followed(options, options.mysql(), s3)),
                options.choice(),
                server -> server.address() + " as user '" + server.user() + "'",
                Docker.mysqlImage());
    }

    static ServerSelectionResult<S3Endpoint> s3(
            ServerOptions options, Optional<ServerSelectionResult<S3Endpoint>> remembered) {
        return select(
                "S3 server",
                options.s3(),
                remembered,
                options.choice(),
                endpoint -> endpoint.url() + ", bucket " + endpoint.bucket(),
                Docker.s3Image());
    }

    /** Kafka, which a home may come to need later than S3. */
    static ServerSelectionResult<KafkaServer> kafka(
            ServerOptions options,
            Optional<ServerSelectionResult<KafkaServer>> remembered,
            Optional<ServerSelectionResult<S3Endpoint>> s3) {
        return select(
                "Kafka server",
                options.kafka(),
                remembered.or(() -> followed(options, options.kafka(), s3)),
                options.choice(),
                ServerSelection::name,
                Docker.kafkaImage());
    }

    /** A server that no option asks for runs embedded if the home's S3 server does. */
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

    private static String name(KafkaServer server) {
        return server.servers() + " (" + server.security() + ")"
                + server.login().map(login -> " as user '" + login.user() + "'").orElse("");
    }

    private static <T> ServerSelectionResult<T> select(
            String what,
            Optional<T> asked,
            Optional<ServerSelectionResult<T>> remembered,
            ServerChoice choice,
            Function<T, String> name,
            String image) {
        if (asked.isPresent()) {
            String wanted = name.apply(asked.get());
            remembered
                    .filter(known ->
                            known.own().map(name).filter(wanted::equals).isEmpty())
                    .ifPresent(known -> refuse(what, wanted, named(known, name)));
            return new ServerSelectionResult<>(ServerMode.OWN, asked, "as given");
        }
        if (remembered.isPresent()) {
            ServerSelectionResult<T> known = remembered.get();
            if (known.place() != ServerMode.OWN
                    && choice != ServerChoice.AUTO
                    && !choice.name().equals(known.place().name())) {
                refuse(what, placed(ServerMode.valueOf(choice.name())), named(known, name));
            }
            if (known.place() == ServerMode.CONTAINERS) {
                require(what, image, "This home keeps its data in containers");
            }
            return known;
        }
        return firstUse(what, choice, image);
    }

    private static <T> ServerSelectionResult<T> firstUse(String what, ServerChoice choice, String image) {
        return switch (choice) {
            case EMBEDDED -> new ServerSelectionResult<>(ServerMode.EMBEDDED, Optional.empty(), "as asked");
            case CONTAINERS -> {
                require(what, image, "Containers were asked for");
                yield new ServerSelectionResult<>(ServerMode.CONTAINERS, Optional.empty(), "as asked");
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
                    "Start Docker and see that it can get the image " + image
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
                "This home has another " + what + " than the one asked for.",
                "The home remembers " + known + "; asked for is " + wanted + ".",
                "Give another --home for that server, or leave the option out to use the remembered one.");
    }
}
