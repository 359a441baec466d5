package dev.lakehouse.local;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;

/**
 * The servers that a command works with: the user's own, or local ones that run until this is closed (also when the
 * process is asked to end). S3 runs from the start; MySQL and Kafka start when a command first asks for them. The home
 * remembers which they are; see {@link ServerOptions}.
 */
public final class LocalServers implements AutoCloseable {
    private final OnDemand<MySqlServer> mysql;
    private final OnDemand<S3Endpoint> s3;
    private final OnDemand<KafkaServer> kafka;
    private final Thread atExit = new Thread(this::stop, "stop local servers");
    private boolean stopped;

    private LocalServers(Home home, ServerOptions options, ServersFile remembered) {
        mysql = new OnDemand<>(
                () -> ServerSelection.mysql(options, remembered.mysql(), remembered.s3()),
                chosen -> startMySql(home, chosen),
                remembered::rememberMySql);
        s3 = new OnDemand<>(
                () -> ServerSelection.s3(options, remembered.s3()),
                chosen -> startS3(home, chosen),
                remembered::rememberS3);
        kafka = new OnDemand<>(
                () -> ServerSelection.kafka(options, remembered.kafka(), remembered.s3()),
                chosen -> startKafka(home, chosen),
                remembered::rememberKafka);
    }

    /**
     * Starts S3 where it is not the user's own, and returns when it answers. The home is to be closed after the servers.
     *
     * @throws dev.lakehouse.UserError if the options contradict what the home remembers, or it does not start
     */
    public static LocalServers start(Home home, ServerOptions options) {
        LocalServers servers = new LocalServers(home, options, ServersFile.of(home));
        boolean answers = false;
        try {
            Runtime.getRuntime().addShutdownHook(servers.atExit);
            servers.s3.running();
            answers = true;
            return servers;
        } finally {
            if (!answers) {
                servers.close();
            }
        }
    }

    /**
     * The database of the lakehouse's source tables.
     *
     * @throws dev.lakehouse.UserError if the options contradict what the home remembers, or it does not start
     */
    public MySqlServer mysql() {
        return mysql.running().server().address();
    }

    /** The bucket of landing and warehouse. */
    public S3Endpoint s3() {
        return s3.running().server().address();
    }

    /** Whether MySQL is one of the lakehouse's own making, whose data may be generated and thrown away. */
    public boolean mysqlIsLocal() {
        return isLocal(mysql);
    }

    /** Whether S3 is one of the lakehouse's own making, whose landing may be filled for trials. */
    public boolean s3IsLocal() {
        return isLocal(s3);
    }

    /**
     * Kafka.
     *
     * @throws dev.lakehouse.UserError if the options contradict what the home remembers, or it does not start
     */
    public KafkaServer kafka() {
        return kafka.running().server().address();
    }

    /** Whether Kafka is one of the lakehouse's own making. */
    public boolean kafkaIsLocal() {
        return isLocal(kafka);
    }

    /** What MySQL is, where it answers, and why it was chosen, in one line. */
    public String mysqlDescription() {
        return description("MySQL", mysql);
    }

    /** The same for S3. */
    public String s3Description() {
        return description("S3", s3);
    }

    /** The same for Kafka. */
    public String kafkaDescription() {
        return description("Kafka", kafka);
    }

    /** Stops the servers that were started. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs already, and stopping twice does nothing.
        }
        stop();
    }

    private synchronized void stop() {
        if (!stopped) {
            stopped = true;
            try (mysql;
                    s3;
                    kafka) {
                // Closing does it, all of them even if one fails.
            }
        }
    }

    private static boolean isLocal(OnDemand<?> server) {
        return server.running().chosen().place() != ServerMode.OWN;
    }

    private static String description(String name, OnDemand<?> server) {
        OnDemand.Running<?> running = server.running();
        return name + ": " + running.server().description() + " ("
                + running.chosen().reason() + ")";
    }

    private static RunningServer<MySqlServer> startMySql(Home home, ServerSelectionResult<MySqlServer> chosen) {
        return switch (chosen.place()) {
            case OWN -> OwnServers.mysql(chosen.own().orElseThrow());
            case EMBEDDED -> EmbeddedMySql.start(home);
            case CONTAINERS -> ContainerMySql.start(home);
        };
    }

    private static RunningServer<S3Endpoint> startS3(Home home, ServerSelectionResult<S3Endpoint> chosen) {
        return switch (chosen.place()) {
            case OWN -> OwnServers.s3(chosen.own().orElseThrow());
            case EMBEDDED -> EmbeddedS3.start(home);
            case CONTAINERS -> ContainerS3.start(home);
        };
    }

    private static RunningServer<KafkaServer> startKafka(Home home, ServerSelectionResult<KafkaServer> chosen) {
        return switch (chosen.place()) {
            case OWN -> OwnServers.kafka(chosen.own().orElseThrow());
            case EMBEDDED -> EmbeddedKafka.start(home);
            case CONTAINERS -> ContainerKafka.start(home);
        };
    }
}
