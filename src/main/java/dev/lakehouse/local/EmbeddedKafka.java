package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.source.kafka.KafkaServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Kafka in this process as combined broker and controller, on 127.0.0.1 and free ports, with its log in the home.
 * Messages are kept forever. Topics must be created explicitly.
 */
final class EmbeddedKafka {
    private static final String HOST = "127.0.0.1";
    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE = 1;
    private static final int ATTEMPTS = 3;

    private EmbeddedKafka() {}

    static RunningServer<KafkaServer> start(Home home) {
        throwInsteadOfEndingTheProcess();
        Path data = formatted(home);
        for (int attempt = 1; ; attempt++) {
            Ports ports = Ports.free();
            try {
                KafkaRaftServer server = inNoLanguage(settings(data, ports));
                KafkaServer address = KafkaServer.plaintext(HOST + ":" + ports.broker());
                return new RunningServer<>(
                        address,
                        "Kafka " + AppInfoParser.getVersion() + ", embedded, " + address.servers(),
                        () -> stop(server));
            } catch (RuntimeException e) {
                // Another program may have taken a port meanwhile.
                if (attempt == ATTEMPTS) {
                    throw doesNotStart(home, e);
                }
            }
        }
    }

    private static void stop(KafkaRaftServer server) {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Makes Kafka throw an exception instead of ending this process, which is not its own. */
    private static void throwInsteadOfEndingTheProcess() {
        Exit.setExitProcedure(EmbeddedKafka::refuseToEnd);
        Exit.setHaltProcedure(EmbeddedKafka::refuseToEnd);
    }

    private static void refuseToEnd(int status, String message) {
        throw new IllegalStateException("Kafka gave up (status " + status + "): " + message);
    }

    /** The folder of the log, created atomically at the home's first use of Kafka. */
    private static Path formatted(Home home) {
        Path folder = home.folder("kafka");
        Path data = folder.resolve("data");
        if (!Files.exists(data)) {
            Path unfinished = folder.resolve("data.unfinished");
            try {
                MariaDbFiles.delete(unfinished);
                OwnerOnly.createDirectories(unfinished);
                new Formatter()
                        .setNodeId(NODE)
                        .setClusterId(Uuid.randomUuid().toString())
                        .setControllerListenerName(CONTROLLER)
                        .addDirectory(unfinished.toString())
                        .setMetadataLogDirectory(unfinished.toString())
                        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                        .run();
                Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
            } catch (Exception e) { // formatting declares Exception
                throw doesNotStart(home, e);
            }
        }
        return data;
    }

    /**
     * Starts Kafka in the root locale, because it changes the case of its settings in the default locale. In a Turkish
     * locale it would not recognise them.
     */
    private static KafkaRaftServer inNoLanguage(Properties settings) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        try {
            return started(new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static KafkaRaftServer started(KafkaRaftServer server) {
        boolean started = false;
        try {
            server.startup();
            started = true;
            return server;
        } finally {
            if (!started) {
                server.shutdown();
            }
        }
    }

    /** Settings of the server. A crash of the machine may lose the last second, a crash of this process nothing. */
    private static Properties settings(Path data, Ports ports) {
        String broker = "PLAINTEXT://" + HOST + ":" + ports.broker();
        String controller = HOST + ":" + ports.controller();
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        // Newer settings store the address in the log, but the port changes at each start.
        settings.put("controller.quorum.voters", NODE + "@" + controller);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", broker + "," + CONTROLLER + "://" + controller);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        // The session timeout of a killed broker, which delays the next start.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("log.dirs", data.toString());
        settings.put("log.flush.interval.ms", "1000");
        settings.put("log.flush.scheduler.interval.ms", "1000");
        settings.put("log.retention.ms", "-1");
        settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Allocated from the heap at start. The default of 128 MB is for servers.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        return settings;
    }

    private static UserError doesNotStart(Home home, Exception e) {
        return new UserError(
                "The embedded Kafka server does not start.",
                "Its files in " + home.directory().resolve("kafka") + " cannot be used, or it found no free port ("
                        + e.getClass().getSimpleName() + ").",
                "Check the newest log in " + home.logs()
                        + ", permissions and free space, or use your own server (--kafka) with another --home.",
                e);
    }

    private record Ports(int broker, int controller) {
        static Ports free() {
            InetAddress here = InetAddress.getLoopbackAddress();
            try (ServerSocket broker = new ServerSocket(0, 1, here);
                    ServerSocket controller = new ServerSocket(0, 1, here)) {
                return new Ports(broker.getLocalPort(), controller.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
