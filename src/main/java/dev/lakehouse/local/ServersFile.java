package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a home remembers about its servers, in {@code servers.properties}: for each where it runs, and for the user's own
 * the address and the references to its secrets.
 */
final class ServersFile {
    private static final String REASON = "stored in this home";

    private final Home home;
    private final Path file;
    private final Map<String, String> values = new TreeMap<>();

    private ServersFile(Home home) {
        this.home = home;
        this.file = home.directory().resolve("servers.properties");
    }

    static ServersFile of(Home home) {
        ServersFile servers = new ServersFile(home);
        if (Files.exists(servers.file)) {
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(servers.file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw servers.unreadable(e);
            }
            properties.stringPropertyNames().forEach(key -> servers.values.put(key, properties.getProperty(key)));
        }
        return servers;
    }

    /** Empty in a home that never needed MySQL; so for the others. */
    Optional<ServerSelectionResult<MySqlServer>> mysql() {
        return place("mysql").map(place -> new ServerSelectionResult<>(place, own(place, this::ownMySql), REASON));
    }

    Optional<ServerSelectionResult<S3Endpoint>> s3() {
        return place("s3").map(place -> new ServerSelectionResult<>(place, own(place, this::ownS3), REASON));
    }

    Optional<ServerSelectionResult<KafkaServer>> kafka() {
        return place("kafka").map(place -> new ServerSelectionResult<>(place, own(place, this::ownKafka), REASON));
    }

    /** Keeps the choice for later commands; paths of secrets are kept whole, since those may start elsewhere. */
    void rememberMySql(ServerSelectionResult<MySqlServer> chosen) {
        remember("mysql", chosen, server -> {
            values.put("mysql.url", server.url());
            values.put("mysql.user", server.user());
            values.put("mysql.password", absolute(server.password()));
        });
    }

    /** The same for S3. */
    void rememberS3(ServerSelectionResult<S3Endpoint> chosen) {
        remember("s3", chosen, endpoint -> {
            values.put("s3.url", endpoint.url());
            values.put("s3.region", endpoint.region());
            values.put("s3.bucket", endpoint.bucket());
            values.put("s3.access-key", absolute(endpoint.accessKey()));
            values.put("s3.secret-key", absolute(endpoint.secretKey()));
        });
    }

    /** The same for Kafka. */
    void rememberKafka(ServerSelectionResult<KafkaServer> chosen) {
        remember("kafka", chosen, server -> {
            values.put("kafka.servers", server.servers());
            values.put("kafka.security", server.security().name());
            server.login().ifPresent(login -> {
                values.put("kafka.mechanism", login.mechanism().word());
                values.put("kafka.user", login.user());
                values.put("kafka.password", absolute(login.password()));
            });
        });
    }

    private synchronized <T> void remember(String name, ServerSelectionResult<T> chosen, Consumer<T> own) {
        Map<String, String> before = Map.copyOf(values);
        values.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "."));
        values.put(name, chosen.place().word());
        chosen.own().ifPresent(own);
        if (!values.equals(before)) {
            write();
        }
    }

    private void write() {
        Properties properties = new Properties();
        properties.putAll(values);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "The servers of this home; to use others, make another home.");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        home.writeOwnerOnly(file, text.toString());
    }

    private Optional<ServerMode> place(String server) {
        return Optional.ofNullable(values.get(server)).map(word -> {
            try {
                return ServerMode.valueOf(word.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw unreadable(e);
            }
        });
    }

    private static <T> Optional<T> own(ServerMode place, Supplier<T> server) {
        return place == ServerMode.OWN ? Optional.of(server.get()) : Optional.empty();
    }

    private MySqlServer ownMySql() {
        return new MySqlServer(value("mysql.url"), value("mysql.user"), SecretReference.parse(value("mysql.password")));
    }

    private S3Endpoint ownS3() {
        return new S3Endpoint(
                value("s3.url"),
                value("s3.region"),
                value("s3.bucket"),
                SecretReference.parse(value("s3.access-key")),
                SecretReference.parse(value("s3.secret-key")));
    }

    private KafkaServer ownKafka() {
        return KafkaServer.of(
                value("kafka.servers"),
                value("kafka.security"),
                values.getOrDefault("kafka.mechanism", ""),
                values.getOrDefault("kafka.user", ""),
                Optional.ofNullable(values.get("kafka.password")).map(SecretReference::parse));
    }

    private String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw unreadable(null);
        }
        return value;
    }

    private static String absolute(SecretReference secret) {
        return secret.kind() == SecretReference.Kind.FILE
                ? SecretReference.file(Path.of(secret.name()).toAbsolutePath()).toString()
                : secret.toString();
    }

    private UserError unreadable(Exception e) {
        return new UserError(
                "The home's choice of servers cannot be read: " + file + ".",
                "The file was cut short or changed by hand.",
                "Correct it, or delete it and give the options of the home's first command again.",
                e);
    }
}
