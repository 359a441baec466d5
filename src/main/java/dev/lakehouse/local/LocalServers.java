package dev.lakehouse.local;

import dev.lakehouse.ingest.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The MySQL and the S3 server that a command works with, and Kafka where it asks for one: the user's own, or local ones
 * that run until this is closed (also when the process is asked to end). The home remembers which; see
 * {@link ServerOptions}.
 */
public final class LocalServers implements AutoCloseable {
    private final Selection<MySqlServer> chosenMySql;
    private final Selection<S3Endpoint> chosenS3;
    private final RunningServer<MySqlServer> mysql;
    private final RunningServer<S3Endpoint> s3;
    private final KafkaOnDemand kafka;
    private final Thread atExit = new Thread(this::stop, "stop local servers");
    private boolean stopped;

    private LocalServers(
            Selection<MySqlServer> chosenMySql,
            Selection<S3Endpoint> chosenS3,
            RunningServer<MySqlServer> mysql,
            RunningServer<S3Endpoint> s3,
            KafkaOnDemand kafka) {
        this.chosenMySql = chosenMySql;
        this.chosenS3 = chosenS3;
        this.mysql = mysql;
        this.s3 = s3;
        this.kafka = kafka;
    }

    /**
     * Starts what is not the user's own of MySQL and S3, both at once, and returns when both answer. The home is to be closed
     * after the servers.
     *
     * @throws dev.lakehouse.UserError if the options contradict what the home remembers, or a server does not start;
     *     then none is left running
     */
    public static LocalServers start(Home home, ServerOptions options) {
        ServersFile remembered = ServersFile.of(home);
        Selection<MySqlServer> mysql = ServerSelection.mysql(options, remembered.mysql());
        Selection<S3Endpoint> s3 = ServerSelection.s3(options, remembered.s3());

        ExecutorService starters = Executors.newFixedThreadPool(2);
        try {
            CompletableFuture<RunningServer<MySqlServer>> mysqlStart =
                    CompletableFuture.supplyAsync(() -> startMySql(home, mysql), starters);
            CompletableFuture<RunningServer<S3Endpoint>> s3Start =
                    CompletableFuture.supplyAsync(() -> startS3(home, s3), starters);
            KafkaOnDemand kafka = new KafkaOnDemand(
                    home, () -> ServerSelection.kafka(options, remembered.kafka(), s3.place()), remembered);
            LocalServers servers = both(mysql, s3, mysqlStart, s3Start, kafka);
            remembered.remember(mysql, s3);
            return servers;
        } finally {
            starters.shutdown();
        }
    }

    /** The database of the lakehouse's source tables. */
    public MySqlServer mysql() {
        return mysql.address();
    }

    /** The bucket of landing and warehouse. */
    public S3Endpoint s3() {
        return s3.address();
    }

    /** Whether MySQL is one of the lakehouse's own making, whose data may be generated and thrown away. */
    public boolean mysqlIsLocal() {
        return chosenMySql.place() != Place.OWN;
    }

    /** Whether S3 is one of the lakehouse's own making, whose landing may be filled for trials. */
    public boolean s3IsLocal() {
        return chosenS3.place() != Place.OWN;
    }

    /**
     * Kafka, which starts when it is first asked for.
     *
     * @throws dev.lakehouse.UserError if the options contradict what the home remembers, or it does not start
     */
    public KafkaServer kafka() {
        return kafka.running().server().address();
    }

    /** Whether Kafka, which starts where it does not run yet, is one of the lakehouse's own making. */
    public boolean kafkaIsLocal() {
        return kafka.running().chosen().place() != Place.OWN;
    }

    /** The line for Kafka, which starts where it does not run yet. */
    public String kafkaDescription() {
        KafkaOnDemand.Running running = kafka.running();
        return "Kafka: " + running.server().description() + " ("
                + running.chosen().reason() + ")";
    }

    /** One line for each server that runs from the start: what it is, where it answers, and why it was chosen. */
    public List<String> descriptions() {
        return List.of(
                "MySQL: " + mysql.description() + " (" + chosenMySql.reason() + ")",
                "S3: " + s3.description() + " (" + chosenS3.reason() + ")");
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

    private static LocalServers both(
            Selection<MySqlServer> mysql,
            Selection<S3Endpoint> s3,
            CompletableFuture<RunningServer<MySqlServer>> mysqlStart,
            CompletableFuture<RunningServer<S3Endpoint>> s3Start,
            KafkaOnDemand kafka) {
        RuntimeException failure = null;
        try {
            LocalServers servers = new LocalServers(mysql, s3, mysqlStart.join(), s3Start.join(), kafka);
            Runtime.getRuntime().addShutdownHook(servers.atExit);
            return servers;
        } catch (CompletionException e) {
            failure = e.getCause() instanceof RuntimeException cause ? cause : e;
            throw failure;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            if (failure != null) {
                stopStarted(mysqlStart, failure);
                stopStarted(s3Start, failure);
            }
        }
    }

    private static <T> void stopStarted(CompletableFuture<RunningServer<T>> start, RuntimeException failure) {
        try {
            start.join().close();
        } catch (CompletionException e) {
            // It did not start.
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static RunningServer<MySqlServer> startMySql(Home home, Selection<MySqlServer> chosen) {
        return switch (chosen.place()) {
            case OWN -> OwnServers.mysql(chosen.own().orElseThrow());
            case EMBEDDED -> EmbeddedMySql.start(home);
            case CONTAINERS -> ContainerMySql.start(home);
        };
    }

    private static RunningServer<S3Endpoint> startS3(Home home, Selection<S3Endpoint> chosen) {
        return switch (chosen.place()) {
            case OWN -> OwnServers.s3(chosen.own().orElseThrow());
            case EMBEDDED -> EmbeddedS3.start(home);
            case CONTAINERS -> ContainerS3.start(home);
        };
    }
}
