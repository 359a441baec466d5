package dev.lakehouse.cli;

import dev.lakehouse.ingest.KafkaServer;
import dev.lakehouse.ingest.MySqlServer;
import dev.lakehouse.local.Home;
import dev.lakehouse.local.LocalServers;
import dev.lakehouse.local.S3Endpoint;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.spark.Session;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.Tables;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** What a command works with on this machine: the home, the servers and, where it is needed, Spark. To be closed. */
final class Workplace implements AutoCloseable {
    private static final String ROOT = System.getProperty("lakehouse.root", ".");

    private final Home home;
    private final LocalServers servers;
    private final Consumer<String> told;
    private SparkSession session;
    private boolean kafkaIsTold;

    private Workplace(Home home, LocalServers servers, Consumer<String> told) {
        this.home = home;
        this.servers = servers;
        this.told = told;
    }

    /** Opens the home and starts the servers, saying which. */
    static Workplace open(GlobalOptions options, Consumer<String> told) {
        ServerOptions chosen = options.servers();
        Home home = Home.open(options.home());
        LocalServers servers = null;
        try {
            Logging.to(home.logs(), options.isVerbose());
            servers = LocalServers.start(home, chosen);
            servers.descriptions().forEach(told);
            return new Workplace(home, servers, told);
        } finally {
            if (servers == null) {
                home.close();
            }
        }
    }

    /** A file or folder of the project. */
    static Path project(String name) {
        return Path.of(ROOT, name);
    }

    /** Spark, started at its first use. */
    SparkSession spark() {
        if (session == null) {
            Path scratch = home.directory().resolve("scratch");
            // What a killed command left; nobody else uses it while this one has the home.
            FileStore.of(scratch.toString()).delete(scratch.toString());
            Map<String, String> settings = new LinkedHashMap<>(servers.s3().sparkSettings(scratch.resolve("s3a")));
            settings.put("spark.ui.showConsoleProgress", Boolean.toString(Terminal.isThere()));
            session = Session.local(scratch, settings);
        }
        return session;
    }

    MySqlServer mysql() {
        return servers.mysql();
    }

    boolean mysqlIsLocal() {
        return servers.mysqlIsLocal();
    }

    boolean s3IsLocal() {
        return servers.s3IsLocal();
    }

    /** Kafka, started at its first use, saying which. */
    KafkaServer kafka() {
        KafkaServer kafka = servers.kafka();
        if (!kafkaIsTold) {
            kafkaIsTold = true;
            told.accept(servers.kafkaDescription());
        }
        return kafka;
    }

    /** Whether Kafka is one of the lakehouse's own making; starts it where it does not run yet. */
    boolean kafkaIsLocal() {
        kafka();
        return servers.kafkaIsLocal();
    }

    /** The tables. */
    Tables tables() {
        return Tables.at(spark(), warehouse());
    }

    /** Where tables live, as {@code local.yml} says it to workflows. */
    String warehouse() {
        return servers.s3().root() + "/warehouse";
    }

    /** Where what is to be loaded lies, as {@code local.yml} says it to workflows. */
    String landing() {
        return servers.s3().root() + "/landing";
    }

    /** Where benchmarks work; nothing lies there between them. */
    String benchmarks() {
        return servers.s3().root() + "/benchmark";
    }

    /** Makes the keys of pseudonyms where the home has none. */
    void makeKeyset() {
        HomeKeyset.make(home);
    }

    /** Where products write files for others. */
    private Path exports() {
        return home.directory().resolve("output");
    }

    /** What {@code local.yml} may refer to. */
    Map<String, String> facts() {
        MySqlServer mysql = servers.mysql();
        S3Endpoint s3 = servers.s3();
        return Map.of(
                "exports", exports().toString(),
                "pseudonym_keyset", HomeKeyset.place(home).toString(),
                "bucket", s3.root(),
                "mysql_url", mysql.url(),
                "mysql_database", mysql.database(),
                "mysql_user", mysql.user(),
                "mysql_password", mysql.password().toString());
    }

    /** What {@code local.yml} may refer to besides, and what is started by that. */
    Map<String, Supplier<String>> factsOnDemand() {
        return Map.of(
                "kafka_servers", () -> kafka().servers(),
                "kafka_security", () -> kafka().security().name(),
                "kafka_mechanism", () -> ofKafkaLogin(login -> login.mechanism().word()),
                "kafka_user", () -> ofKafkaLogin(KafkaServer.Login::user),
                "kafka_password", () -> ofKafkaLogin(login -> login.password().toString()));
    }

    /** Empty where Kafka asks for no login, which is how a workflow file says that. */
    private String ofKafkaLogin(Function<KafkaServer.Login, String> part) {
        return kafka().login().map(part).orElse("");
    }

    @Override
    public void close() {
        try (home;
                servers) {
            if (session != null) {
                session.stop();
            }
        }
    }
}
