package dev.lakehouse.cli;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Map.entry;

import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.local.Home;
import dev.lakehouse.local.LocalServer;
import dev.lakehouse.local.LocalServers;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.local.SourcesOfHome;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.spark.Session;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.Tables;
import dev.lakehouse.task.Background;
import dev.lakehouse.task.TaskContext;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/**
 * The environment of a local command, or of the commands of a shell: the home, the servers and Spark, which start when needed.
 * Must be closed.
 */
final class LocalEnvironment implements SampleTarget, AutoCloseable {
    private static final Logger LOG = System.getLogger(LocalEnvironment.class.getName());
    private static final String ROOT = System.getProperty("lakehouse.root", ".");
    private static final String PROJECT = System.getProperty("lakehouse.project", ROOT);

    private final Home home;
    private final LocalServers servers;
    private final Consumer<String> printer;
    private final ProgressWatch progress;
    private final boolean verbose;
    private final Set<String> announced = new HashSet<>();
    private final Map<Server, Background<String>> startingServers = new EnumMap<>(Server.class);
    private Optional<Background<SparkSession>> starting = Optional.empty();
    private SparkSession session;

    private LocalEnvironment(
            Home home, LocalServers servers, Consumer<String> printer, ProgressWatch progress, boolean verbose) {
        this.home = home;
        this.servers = servers;
        this.printer = printer;
        this.progress = progress;
        this.verbose = verbose;
    }

    /** Opens the home and starts S3. A line is printed for each server when it starts. */
    static LocalEnvironment open(GlobalOptions options, Consumer<String> printer) {
        ServerOptions chosen = options.servers();
        Home home = Home.open(options.home());
        // Before logging, which keeps the streams that it finds.
        ProgressWatch progress = ProgressWatch.start(printer);
        LocalServers servers = null;
        try {
            Logging.to(home.logs(), options.isVerbose());
            servers = LocalServers.start(home, chosen);
            LocalEnvironment environment = new LocalEnvironment(home, servers, printer, progress, options.isVerbose());
            environment.announced(servers.s3());
            return environment;
        } finally {
            if (servers == null) {
                progress.close();
                home.close();
            }
        }
    }

    /** A file or folder of the project whose workflows are run: of this project, unless another one is given. */
    static Path project(String name) {
        return Path.of(PROJECT, name);
    }

    /** A file or folder of this project. */
    static Path own(String name) {
        return Path.of(ROOT, name);
    }

    /** The folder of a home that Spark and tasks write temporary files to. */
    static Path scratch(Path home) {
        return home.resolve("scratch");
    }

    /** The folder of a home with rows of the ledger that are not committed yet, a file for each. */
    static Path pendingRows(Path home) {
        return home.resolve("ledger");
    }

    /**
     * Starts Spark and servers side by side, for a command that uses them. One that does not start says so at its first use.
     */
    void start(Set<Server> used) {
        used.forEach(server -> startingServers.put(server, Background.start(server(server)::description)));
        if (session == null) {
            starting = Optional.of(Background.start(this::startSpark));
        }
    }

    /** Spark, started at its first use. */
    @Override
    public SparkSession spark() {
        if (session == null) {
            session = starting.map(Background::result).orElseGet(this::startSpark);
            nameCallSites(session.sparkContext());
            commitLeftBehind();
        }
        return session;
    }

    private SparkSession startSpark() {
        Path scratch = scratch(home.directory());
        // Left by a killed command. No other command uses it while this one has the home open.
        FileStore.of(scratch.toString()).delete(scratch.toString());
        Map<String, String> settings =
                new LinkedHashMap<>(servers.s3().address().sparkSettings(scratch.resolve("s3a")));
        if (Boolean.getBoolean("lakehouse.few")) {
            settings.putAll(Session.FEW_ROWS);
        }
        // How often running Spark tasks say how many rows they have read; the default is ten seconds.
        settings.put("spark.executor.heartbeatInterval", "1s");
        // Spark gives up after ten minutes without an answer, as it does by default.
        settings.put("spark.executor.heartbeat.maxFailures", "600");
        settings.put(
                TaskContext.LOCAL_SCRATCH,
                scratch.resolve("tasks").toAbsolutePath().toString());
        settings.put(Ledger.PENDING, pendingRows(home.directory()).toString());
        settings.put(Ledger.PENDING_WAREHOUSE, warehouse());
        SparkSession started = Session.local(scratch, settings);
        started.sparkContext().addSparkListener(progress.spark());
        return started;
    }

    /**
     * Gives every job of this thread, and of threads that it starts, the same call site. Otherwise Spark searches the stack
     * for one with regular expressions each time it creates an RDD, which takes a twentieth of the CPU of small tables.
     */
    private static void nameCallSites(SparkContext spark) {
        spark.setLocalProperty("callSite.short", "lakehouse");
        spark.setLocalProperty("callSite.long", "");
    }

    /** Commits the rows of a killed command. If that fails, they stay for the next command. */
    private void commitLeftBehind() {
        try {
            ledger().commitPending();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "Ledger rows of an earlier command are not committed", e);
        }
    }

    /** MySQL, started at its first use. */
    @Override
    public MySqlServer mysql() {
        return used(Server.MYSQL, servers.mysql()).address();
    }

    @Override
    public boolean isLocal(Server server) {
        return used(server, server(server)).isLocal();
    }

    private LocalServer<?> server(Server server) {
        return switch (server) {
            case S3 -> servers.s3();
            case MYSQL -> servers.mysql();
            case KAFKA -> servers.kafka();
        };
    }

    /** Kafka, started at its first use. */
    @Override
    public KafkaServer kafka() {
        return used(Server.KAFKA, servers.kafka()).address();
    }

    /** Waits for a start that is in progress, so that a server that does not start is not started twice. */
    private <T> LocalServer<T> used(Server kind, LocalServer<T> server) {
        Background<String> start = startingServers.remove(kind);
        if (start != null) {
            start.result();
        }
        return announced(server);
    }

    private <T> LocalServer<T> announced(LocalServer<T> server) {
        String description = server.description();
        if (announced.add(description)) {
            printer.accept(description);
        }
        return server;
    }

    /** The tables. */
    Tables tables() {
        return Tables.at(spark(), warehouse());
    }

    /** The ledger; what tasks append to it is committed at the end of the command. */
    Ledger ledger() {
        return Ledger.in(spark(), tables());
    }

    /** Where tables live, as {@code local.yml} says it to workflows. */
    @Override
    public String warehouse() {
        return servers.s3().address().root() + "/warehouse";
    }

    /** The location of input files and extracts, as in {@code local.yml}. */
    @Override
    public String landing() {
        return servers.s3().address().root() + "/landing";
    }

    /** The location of benchmarks. They leave nothing there unless they are killed. */
    @Override
    public String benchmarks() {
        return servers.s3().address().root() + "/benchmark";
    }

    @Override
    public void stopStreams() {
        try {
            for (StreamingQuery query : spark().streams().active()) {
                query.stop();
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("The stream does not stop", e);
        }
    }

    @Override
    public void say(String form, Object... values) {
        Terminal.say(form, values);
    }

    /** Where products write files for others. */
    private Path exports() {
        return home.directory().resolve("output");
    }

    /**
     * The values that {@code local.yml} may refer to. A server is started, and keys are created, when a workflow uses
     * their value.
     */
    Map<String, Supplier<String>> facts() {
        return Map.ofEntries(
                entry("exports", () -> exports().toString()),
                entry("pseudonym_keyset", () -> HomeKeyset.made(home).toString()),
                entry("bucket", () -> servers.s3().address().root()),
                entry("mysql_url", () -> mysql().url()),
                entry("mysql_database", () -> mysql().database()),
                entry("mysql_user", () -> mysql().user()),
                entry("mysql_password", () -> mysql().password().toString()),
                entry("kafka_servers", () -> kafka().servers()),
                entry("kafka_security", () -> kafka().security().name()),
                entry(
                        "kafka_mechanism",
                        () -> ofKafkaLogin(login -> login.mechanism().word())),
                entry("kafka_user", () -> ofKafkaLogin(KafkaServer.Login::user)),
                entry(
                        "kafka_password",
                        () -> ofKafkaLogin(login -> login.password().toString())));
    }

    /**
     * The variables of the databases that were added to this home, such as {@code shop_mysql_url}. The home's own server is
     * started when a workflow uses its value.
     */
    Map<String, Supplier<String>> variablesOfSources() {
        Map<String, Supplier<String>> variables = new LinkedHashMap<>();
        SourcesOfHome.of(home).all().forEach((name, own) -> {
            Supplier<MySqlServer> server = () -> own.orElseGet(this::mysql);
            variables.put(name + "_mysql_url", () -> server.get().url());
            variables.put(name + "_mysql_user", () -> server.get().user());
            variables.put(
                    name + "_mysql_password", () -> server.get().password().toString());
        });
        return variables;
    }

    /** Throws a {@link UserError} if the password of an added database cannot be read, before anything starts. */
    void requirePasswords(Set<String> databases) {
        SourcesOfHome.of(home).all().forEach((name, own) -> {
            if (databases.contains(name)) {
                own.ifPresent(server -> server.password().resolve());
            }
        });
    }

    /** A part of Kafka's login; empty without a login, as in workflow files. */
    private String ofKafkaLogin(Function<KafkaServer.Login, String> part) {
        return kafka().login().map(part).orElse("");
    }

    @Override
    public void close() {
        try (home;
                servers;
                progress) {
            try {
                commitLedger();
            } finally {
                stopSpark();
                startingServers.values().forEach(Background::close);
            }
        }
    }

    private void stopSpark() {
        if (session != null) {
            session.stop();
        } else if (starting.isPresent()) {
            try {
                starting.get().result().stop();
            } catch (RuntimeException e) {
                LOG.log(WARNING, "Spark did not start", e);
            }
        }
    }

    /** The time of one command of a shell. Must be closed, which commits what its tasks have appended to the ledger. */
    record Turn(LocalEnvironment environment) implements AutoCloseable {
        @Override
        public void close() {
            environment.commitLedger();
        }
    }

    /**
     * Lets a command of a shell begin, with a session of its own: settings, temporary views and the current schema of other
     * commands are not in it.
     */
    Turn turn() {
        session = spark().newSession();
        SparkSession.setActiveSession(session);
        return new Turn(this);
    }

    private void commitLedger() {
        if (session != null) {
            ledger().commitPending();
        }
    }

    Home home() {
        return home;
    }

    boolean isVerbose() {
        return verbose;
    }
}
