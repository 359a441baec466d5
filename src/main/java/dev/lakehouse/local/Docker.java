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

/** What this machine's Docker can run. */
final class Docker {
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

    /** Why a container of this image cannot be run here, as part of a sentence; empty where it can. */
    static Optional<String> obstacle(String image) {
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return Optional.of("no Docker answers");
            }
            if (isOnAnotherMachine()) {
                return Optional.of("Docker runs on another machine, which does not see the home's files");
            }
            return hasOrPulls(DockerClientFactory.lazyClient(), image)
                    ? Optional.empty()
                    : Optional.of("Docker cannot get the image " + image);
        } catch (ContainerFetchException e) {
            // It has helpers of its own: one that removes containers, unless TESTCONTAINERS_RYUK_DISABLED=true stands
            // in the environment, and, where there is a file /.dockerenv, one that looks for Docker's address, unless
            // TESTCONTAINERS_HOST_OVERRIDE gives it.
            return Optional.of("Docker cannot get an image that Testcontainers wants (testcontainers/ryuk, alpine)");
        }
    }

    /**
     * Where the ports of containers are opened: on 127.0.0.1 or, where this process runs in a container and Docker
     * outside of it, on the bridge between them.
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

    /** Testcontainers takes a machine for a container where it finds a file {@code /.dockerenv}, which is not enough. */
    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            throw new IllegalStateException("The addresses of this machine cannot be listed", e);
        }
    }

    /**
     * Marks a container as this home's and removes those of the same image that a killed command left running: they
     * hold the home's data.
     */
    static void takeOver(Home home, GenericContainer<?> container) {
        String owner = home.directory().toString();
        // No label of Testcontainers': at exit it removes what carries one, while S3's objects are still being fetched.
        container.withCreateContainerCmdModifier(command -> command.withLabels(new OnlyLabel(HOME_LABEL, owner)));
        DockerClient docker = DockerClientFactory.lazyClient();
        docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(HOME_LABEL, owner)).exec().stream()
                .filter(left -> left.getImage().equals(container.getDockerImageName()))
                .forEach(left -> remove(docker, left.getId(), LEFT_OVER_STOP_LIMIT_SECONDS));
    }

    /** Ends a container's program as it wants to be ended, so that a database need not recover at its next start. */
    static void stop(GenericContainer<?> container) {
        remove(container.getDockerClient(), container.getContainerId(), STOP_LIMIT_SECONDS);
        container.stop();
    }

    private static void remove(DockerClient docker, String id, int seconds) {
        try {
            docker.stopContainerCmd(id).withTimeout(seconds).exec();
        } catch (NotModifiedException e) {
            // It had stopped by itself.
        }
        docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
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
            return docker.pullImageCmd(image)
                    .exec(new ToldPull(image))
                    .awaitCompletion(PULL_LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (DockerException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tells a person what takes so long, once it is certain that there is something to get. */
    private static final class ToldPull extends PullImageResultCallback {
        private final String image;
        private boolean told;

        ToldPull(String image) {
            this.image = image;
        }

        @Override
        public void onNext(PullResponseItem item) {
            super.onNext(item);
            if (!told
                    && item.getProgressDetail() != null
                    && item.getProgressDetail().getTotal() != null) {
                told = true;
                System.err.println("Getting the image " + image + " (at its first use) ...");
            }
        }
    }

    /** One label that stays the only one, whatever is put beside it. */
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
