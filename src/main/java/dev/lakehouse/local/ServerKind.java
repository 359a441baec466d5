package dev.lakehouse.local;

import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of server: MySQL, S3 or Kafka.
 *
 * @param <T> the address
 * @param key its key in the home's file
 * @param name for messages
 * @param image of its container
 * @param asked the user's own server, if the options name one
 * @param identity identifies the user's own servers in messages
 * @param written converts the user's own server to settings of the home's file
 * @param read reads the same settings
 */
record ServerKind<T>(
        String key,
        String name,
        Supplier<String> image,
        Function<ServerOptions, Optional<T>> asked,
        Function<T, String> identity,
        Function<T, Map<String, String>> written,
        Function<ServersFile, T> read,
        Function<T, RunningServer<T>> own,
        Function<Home, RunningServer<T>> embedded,
        Function<Home, RunningServer<T>> container) {
    static final ServerKind<MySqlServer> MYSQL = new ServerKind<>(
            "mysql",
            "MySQL",
            Docker::mysqlImage,
            ServerOptions::mysql,
            server -> server.address() + " as user '" + server.user() + "'",
            server -> Map.of(
                    "mysql.url", server.url(),
                    "mysql.user", server.user(),
                    "mysql.password", ServersFile.absolute(server.password())),
            file -> new MySqlServer(file.value("mysql.url"), file.value("mysql.user"), file.secret("mysql.password")),
            OwnServers::mysql,
            EmbeddedMySql::start,
            ContainerMySql::start);

    static final ServerKind<S3Endpoint> S3 = new ServerKind<>(
            "s3",
            "S3",
            Docker::s3Image,
            ServerOptions::s3,
            endpoint -> endpoint.url() + ", bucket " + endpoint.bucket(),
            endpoint -> Map.of(
                    "s3.url", endpoint.url(),
                    "s3.region", endpoint.region(),
                    "s3.bucket", endpoint.bucket(),
                    "s3.access-key", ServersFile.absolute(endpoint.accessKey()),
                    "s3.secret-key", ServersFile.absolute(endpoint.secretKey())),
            file -> new S3Endpoint(
                    file.value("s3.url"),
                    file.value("s3.region"),
                    file.value("s3.bucket"),
                    file.secret("s3.access-key"),
                    file.secret("s3.secret-key")),
            OwnServers::s3,
            EmbeddedS3::start,
            ContainerS3::start);

    static final ServerKind<KafkaServer> KAFKA = new ServerKind<>(
            "kafka",
            "Kafka",
            Docker::kafkaImage,
            ServerOptions::kafka,
            server -> server.servers() + " (" + server.security() + ")"
                    + server.login()
                            .map(login -> " as user '" + login.user() + "'")
                            .orElse(""),
            ServerKind::written,
            file -> KafkaServer.of(
                    file.value("kafka.servers"),
                    file.value("kafka.security"),
                    file.find("kafka.mechanism").orElse(""),
                    file.find("kafka.user").orElse(""),
                    file.find("kafka.password").map(SecretReference::parse)),
            OwnServers::kafka,
            EmbeddedKafka::start,
            ContainerKafka::start);

    private static Map<String, String> written(KafkaServer server) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "kafka.servers",
                server.servers(),
                "kafka.security",
                server.security().name()));
        server.login().ifPresent(login -> {
            settings.put("kafka.mechanism", login.mechanism().word());
            settings.put("kafka.user", login.user());
            settings.put("kafka.password", ServersFile.absolute(login.password()));
        });
        return settings;
    }

    /** Starts the chosen server and returns when it answers. */
    RunningServer<T> start(Home home, ServerSelectionResult<T> chosen) {
        return switch (chosen.place()) {
            case OWN -> own.apply(chosen.own().orElseThrow());
            case EMBEDDED -> embedded.apply(home);
            case CONTAINERS -> container.apply(home);
        };
    }
}
