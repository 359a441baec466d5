package dev.lakehouse.testing;

import dev.lakehouse.local.Home;
import dev.lakehouse.local.LocalServers;
import dev.lakehouse.local.S3Endpoint;
import dev.lakehouse.local.ServerChoice;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One MySQL (MariaDB) and one S3 server for all tests of a run, and Kafka where one wants it, started when the first test
 * asks and gone, with their data, when the JVM ends. Tests share the servers and nothing else: each takes its own database,
 * its own prefix and its own topics.
 */
public final class TestServers {
    private static final Path FOLDER = temporary("lakehouse-tests");
    private static final LocalServers SERVERS = start();
    private static MySqlServer other;

    private TestServers() {}

    /** A new, empty database with a name that no other test has. */
    public static MySqlServer freshDatabase() {
        MySqlServer server = mysql();
        String name = server.database() + "_" + random();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String url = server.url().replaceFirst("/" + server.database() + "$", "/" + name);
        return new MySqlServer(url, server.user(), server.password());
    }

    /**
     * The embedded server, or the one that the system property {@code lakehouse.mysql} names by the address of an
     * existing database, with {@code lakehouse.mysql.user} and {@code lakehouse.mysql.password} (a reference).
     */
    private static MySqlServer mysql() {
        if (other != null) {
            return other;
        }
        String url = System.getProperty("lakehouse.mysql");
        return url == null
                ? SERVERS.mysql().address()
                : new MySqlServer(
                        url,
                        System.getProperty("lakehouse.mysql.user"),
                        SecretReference.parse(System.getProperty("lakehouse.mysql.password")));
    }

    /** Makes databases on another server, for the tests of one class; null for the usual one again. */
    static void workOn(MySqlServer server) {
        other = server;
    }

    /** The S3 server, whose bucket is {@code lakehouse}. */
    public static S3Endpoint s3() {
        return SERVERS.s3().address();
    }

    /** A place in the bucket that no other test has, without a slash at its end. */
    public static String freshPrefix() {
        return "s3a://" + s3().bucket() + "/" + random();
    }

    /** A folder on the local disk that no other test has, without a slash at its end. */
    public static String freshFolder() {
        return FOLDER.resolve(random()).toString();
    }

    /** The Kafka server, started when the first test asks. */
    public static KafkaServer kafka() {
        return SERVERS.kafka().address();
    }

    /** A new, empty topic with a name that no other test has. */
    public static String freshTopic(int partitions) {
        String name = "topic-" + random();
        Topics.of(kafka()).create(name, partitions);
        return name;
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static LocalServers start() {
        Home home = Home.open(FOLDER.resolve("home"));
        LocalServers servers = LocalServers.start(home, ServerOptions.of(ServerChoice.EMBEDDED));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            servers.close();
            home.close();
            delete(FOLDER);
        }));
        return servers;
    }

    private static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
