package dev.lakehouse.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.shaded.org.awaitility.core.ConditionTimeoutException;

/** Docker on this machine. */
final class Docker {
    static final String HELPERS_ARE_MISSING =
            "Docker cannot get an image that Testcontainers needs (testcontainers/ryuk, alpine)";

    private static final String MYSQL = "mysql:8.4.7";
    private static final String LOCALSTACK = "localstack/localstack:4.14.0";
    private static final String KAFKA = "apache/kafka:3.9.1";
    private static final long PULL_LIMIT_MINUTES = 15;
    private static final int STOP_LIMIT_SECONDS = 60;
    private static final int LEFT_OVER_STOP_LIMIT_SECONDS = 10;
    private static final String HOME_LABEL = "dev.lakehouse.home";

    private Docker() {}

    static String mysqlImage() {
        return System.getProperty("lakehouse.image.mysql", MYSQL);
    }

    static String s3Image() {
        return System.getProperty("lakehouse.image.localstack", LOCALSTACK);
    }

    static String kafkaImage() {
        return System.getProperty("lakehouse.image.kafka", KAFKA);
    }

    /** Why a container of this image cannot run here, as part of a sentence; empty if it can. */
    static Optional<String> obstacle(String image) {
        try {
            Optional<String> unusable = unusable();
            if (unusable.isPresent() || hasOrPulls(DockerClientFactory.lazyClient(), image)) {
                return unusable;
            }
            return Optional.of("Docker cannot get the image " + image);
        } catch (ContainerFetchException | ConditionTimeoutException e) {
            // Testcontainers starts helper containers: one removes containers, unless TESTCONTAINERS_RYUK_DISABLED=true
            // is set. If there is a file /.dockerenv, another finds Docker's address, unless
            // TESTCONTAINERS_HOST_OVERRIDE is set.
            return Optional.of(HELPERS_ARE_MISSING);
        }
    }

    /** The same for any image; fetches none. */
    static Optional<String> unusable() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("Docker does not answer");
        }
        return isOnAnotherMachine()
                ? Optional.of("Docker runs on another machine, which does not see the home's files")
                : Optional.empty();
    }

    /** Whether Docker, which must answer, has an image. */
    static boolean has(String image) {
        return has(DockerClientFactory.lazyClient(), image);
    }

    /**
     * The address on which containers' ports are published: 127.0.0.1 or, if this process runs in a container and
     * Docker outside of it, the bridge between them.
     */
    static String host() {
        InetAddress host = reached();
        return isHere(host) ? "127.0.0.1" : host.getHostAddress();
    }

    private static boolean isOnAnotherMachine() {
        String scheme = DockerClientFactory.instance()
                .getTransportConfig()
                .getDockerHost()
                .getScheme();
        return List.of("tcp", "http", "https").contains(scheme) && !isHere(reached());
    }

    private static InetAddress reached() {
        String host = DockerClientFactory.instance().dockerHostIpAddress();
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Docker's host has no address: " + host, e);
        }
    }

    /**
     * Whether the address is on this machine. Testcontainers only checks for a file {@code /.dockerenv}, which is not
     * reliable.
     */
    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new IllegalStateException("The addresses of this machine cannot be listed", e);
        }
    }

    /**
     * Labels a container with this home, and removes containers of the same image that a killed command left, because
     * they use the home's data.
     */
    static void takeOver(Home home, GenericContainer<?> container) {
        String owner = home.directory().toString();
        // Without Testcontainers' labels: it removes labelled containers at exit, while S3's objects are still
        // downloaded.
        container.withCreateContainerCmdModifier(command -> command.withLabels(new OnlyLabel(HOME_LABEL, owner)));
        DockerClient docker = DockerClientFactory.lazyClient();
        docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(HOME_LABEL, owner)).exec().stream()
                .filter(left -> left.getImage().equals(container.getDockerImageName()))
                .forEach(left -> remove(docker, left.getId(), LEFT_OVER_STOP_LIMIT_SECONDS));
    }

    /** Stops a container gracefully, so that a database needs no recovery at its next start. */
    static void stop(GenericContainer<?> container) {
        remove(container.getDockerClient(), container.getContainerId(), STOP_LIMIT_SECONDS);
        container.stop();
    }

    private static void remove(DockerClient docker, String id, int seconds) {
        try {
            docker.stopContainerCmd(id).withTimeout(seconds).exec();
        } catch (NotModifiedException e) {
            // It has already stopped.
        }
        docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }

    private static boolean hasOrPulls(DockerClient docker, String image) {
        return has(docker, image) || pulls(docker, image);
    }

    private static boolean has(DockerClient docker, String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static boolean pulls(DockerClient docker, String image) {
        try {
            return docker.pullImageCmd(image)
                    .exec(new ReportedPull(image))
                    .awaitCompletion(PULL_LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (DockerException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Prints a line when the download of an image starts. */
    private static final class ReportedPull extends PullImageResultCallback {
        private final String image;
        private boolean reported;

        ReportedPull(String image) {
            this.image = image;
        }

        @Override
        public void onNext(PullResponseItem item) {
            super.onNext(item);
            if (!reported
                    && item.getProgressDetail() != null
                    && item.getProgressDetail().getTotal() != null) {
                reported = true;
                System.err.println("Downloading the image " + image + " (at its first use) ...");
            }
        }
    }

    /** A map with one label that ignores further labels. */
    private static final class OnlyLabel extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;

        OnlyLabel(String name, String value) {
            super.put(name, value);
        }

        @Override
        public void putAll(Map<? extends String, ? extends String> others) {
            // See takeOver.
        }
    }
}
