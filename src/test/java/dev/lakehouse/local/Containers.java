package dev.lakehouse.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What tests need to know of this machine's containers. */
public final class Containers {
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private Containers() {}

    /** Skips a test where Docker cannot run the containers; the reason stands in the build's output. */
    public static void assumeTheyRun() {
        Optional<String> obstacle = Docker.obstacle(Docker.mysqlImage()).or(() -> Docker.obstacle(Docker.s3Image()));
        obstacle.ifPresent(reason -> {
            if (!TOLD.getAndSet(true)) {
                System.out.println("Containers: tests that want them are skipped: " + reason);
            }
        });
        assumeTrue(obstacle.isEmpty(), () -> "Not run: " + obstacle.orElse(""));
    }

    /** This JVM's choice of images, as options of another one. */
    public static List<String> images() {
        return Stream.of("lakehouse.image.mysql", "lakehouse.image.localstack")
                .map(property -> System.getProperty(property) == null
                        ? null
                        : "-D" + property + "=" + System.getProperty(property))
                .filter(Objects::nonNull)
                .toList();
    }
}
