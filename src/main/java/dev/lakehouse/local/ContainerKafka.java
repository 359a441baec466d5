package dev.lakehouse.local;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.lakehouse.source.kafka.KafkaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Kafka in a container as combined broker and controller, reachable only from this machine. Its log is bound to a
 * folder in the home. It runs as the home's owner, who therefore owns the files.
 */
final class ContainerKafka {
    private static final int PORT = 9092;
    private static final String LOG = "/var/lib/kafka/data";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private ContainerKafka() {}

    static RunningServer<KafkaServer> start(Home home) {
        KafkaContainer container = container(home);
        return new ContainerStart(home, "Kafka", container, PORT)
                .run(
                        servers -> {
                            KafkaServer server = KafkaServer.plaintext(servers);
                            KafkaCheck.answers(server, ANSWER_LIMIT);
                            return new RunningServer<>(
                                    server,
                                    "container of " + Docker.kafkaImage() + ", " + servers,
                                    () -> Docker.stop(container));
                        },
                        Function.identity());
    }

    private static KafkaContainer container(Home home) {
        Path data = home.folder("kafka-container");
        return new ReachedHere(DockerImageName.parse(Docker.kafkaImage()).asCompatibleSubstituteFor("apache/kafka"))
                .withEnv("KAFKA_LOG_DIRS", LOG)
                .withEnv("KAFKA_LOG_FLUSH_INTERVAL_MS", "1000")
                .withEnv("KAFKA_LOG_FLUSH_SCHEDULER_INTERVAL_MS", "1000")
                .withEnv("KAFKA_LOG_RETENTION_MS", "-1")
                .withEnv("KAFKA_BROKER_SESSION_TIMEOUT_MS", "3000")
                .withEnv("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500")
                .withEnv("KAFKA_OFFSETS_RETENTION_MINUTES", Integer.toString(Integer.MAX_VALUE))
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                // The image writes to these folders before it starts, which the user of this container may not do.
                .withEnv("LOG_DIR", "/tmp/kafka-logs")
                .withTmpFs(Map.of("/opt/kafka/config", "rw,mode=1777"))
                .withCreateContainerCmdModifier(command -> {
                    HostConfig host = command.getHostConfig();
                    if (host != null) {
                        host.withBinds(new Bind(data.toString(), new Volume(LOG)));
                    }
                    OwnerOnly.owner(home.directory()).ifPresent(command::withUser);
                });
    }

    /**
     * Advertises the published address to clients. Kafka replaces its start scripts by exec, because only the first
     * process of a container receives the signal to stop.
     */
    private static final class ReachedHere extends KafkaContainer {
        private static final String STARTER = "/tmp/start-kafka";

        ReachedHere(DockerImageName image) {
            super(image);
            withCommand("sh", "-c", "while [ ! -x " + STARTER + " ]; do sleep 0.1; done; exec " + STARTER);
        }

        @Override
        public String getBootstrapServers() {
            return Docker.host() + ":" + getMappedPort(PORT);
        }

        @Override
        protected void containerIsStarting(InspectContainerResponse container) {
            String starter =
                    """
                    #!/bin/bash
                    export KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://%s,BROKER://%s:9093
                    exec /etc/kafka/docker/run
                    """.formatted(getBootstrapServers(), container.getConfig().getHostName());
            copyFileToContainer(Transferable.of(starter, 0755), STARTER);
        }
    }
}
