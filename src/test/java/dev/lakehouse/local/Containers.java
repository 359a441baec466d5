package dev.lakehouse.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What tests need to know of this machine's containers. */
public final class Containers {
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Containers() {}

    /** Skips a test where Docker cannot run the containers; the reason stands in the build's output. */
    public static void assumeTheyRun() {
        assumeTheyRun(Docker.mysqlImage(), Docker.s3Image());
    }

    /** The same for Kafka besides the others. */
    static void assumeTheyRunWithKafka() {
        assumeTheyRun(Docker.mysqlImage(), Docker.s3Image(), Docker.kafkaImage());
    }

    private static void assumeTheyRun(String... images) {
        Optional<String> obstacle = Stream.of(images)
                .flatMap(image -> Docker.obstacle(image).stream())
                .findFirst();
        obstacle.ifPresent(reason -> {
            if (TOLD.add(reason)) {
                System.out.println("Containers: tests that want them are skipped: " + reason);
            }
        });
        assumeTrue(obstacle.isEmpty(), () -> "Not run: " + obstacle.orElse(""));
    }

    /** This JVM's choice of images, as options of another one. */
    public static List<String> images() {
        return Stream.of("lakehouse.image.mysql", "lakehouse.image.localstack", "lakehouse.image.kafka")
                .map(property -> System.getProperty(property) == null
                        ? null
                        : "-D" + property + "=" + System.getProperty(property))
                .filter(Objects::nonNull)
                .toList();
    }
}
