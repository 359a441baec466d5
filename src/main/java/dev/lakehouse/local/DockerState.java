package dev.lakehouse.local;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException;

/**
 * Docker as it is found. No image is fetched.
 *
 * @param obstacle why containers cannot run here, as part of a sentence; empty if they can
 * @param missingImages the images of servers that the first use would fetch
 */
public record DockerState(Optional<String> obstacle, List<String> missingImages) {

    /** Asks Docker. */
    public static DockerState find() {
        try {
            Optional<String> obstacle = Docker.unusable();
            return new DockerState(
                    obstacle,
                    Stream.of(Docker.mysqlImage(), Docker.s3Image(), Docker.kafkaImage())
                            .filter(image -> obstacle.isEmpty() && !Docker.has(image))
                            .toList());
        } catch (ContainerFetchException | ConditionTimeoutException e) {
            return new DockerState(Optional.of(Docker.HELPERS_ARE_MISSING), List.of());
        }
    }
}
