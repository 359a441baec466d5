package dev.lakehouse.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** What this machine's Docker can run. */
final class Docker {
    private static final String MYSQL = "mysql:8.4.7";
    private static final String LOCALSTACK = "localstack/localstack:4.14.0";
    private static final long PULL_LIMIT_MINUTES = 15;

    private Docker() {}

    static String mysqlImage() {
        return System.getProperty("lakehouse.image.mysql", MYSQL);
    }

    static String s3Image() {
        return System.getProperty("lakehouse.image.localstack", LOCALSTACK);
    }

    /** Why a container of this image cannot be run here, as part of a sentence; empty where it can. */
    static Optional<String> obstacle(String image) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker answers");
        }
        return hasOrPulls(DockerClientFactory.lazyClient(), image)
                ? Optional.empty()
                : Optional.of("Docker cannot get the image " + image);
    }

    private static boolean hasOrPulls(DockerClient docker, String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return pulls(docker, image);
        }
    }

    private static boolean pulls(DockerClient docker, String image) {
        try {
            return docker.pullImageCmd(image).start().awaitCompletion(PULL_LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (DockerException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
