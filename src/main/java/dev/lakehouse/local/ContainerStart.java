package dev.lakehouse.local;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.lakehouse.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Starts a home's container: removes what a killed command left, publishes the port on a free port of this machine, and
 * waits until the server answers. After a failure the container is stopped.
 *
 * @param server the server's name, for messages
 * @param port the port that the server listens on in the container
 */
record ContainerStart(Home home, String server, GenericContainer<?> container, int port) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Starts it.
     *
     * @param connect converts {@code HOST:PORT} to the server's address; throws while the server does not answer
     * @param use converts the address to the result
     * @throws UserError if it does not start
     */
    <A, T> T run(Function<String, A> connect, Function<A, T> use) {
        Docker.takeOver(home, container);
        container.setWaitStrategy(new NoWait());
        container.withCreateContainerCmdModifier(command -> {
            HostConfig host = command.getHostConfig();
            if (host != null) {
                host.withPortBindings(new PortBinding(Ports.Binding.bindIp(Docker.host()), ExposedPort.tcp(port)));
            }
        });
        boolean started = false;
        try {
            container.start();
            T result = use.apply(answer(connect));
            started = true;
            return result;
        } catch (ContainerLaunchException e) {
            throw doesNotStart("Docker cannot start it.", "Check the log of this command in " + home.logs(), e);
        } catch (SdkException | DockerException e) {
            throw doesNotStart("Docker started it, but it then failed.", "Check " + keptLog(), e);
        } finally {
            if (!started) {
                container.stop();
            }
        }
    }

    private <A> A answer(Function<String, A> connect) {
        String address = Docker.host() + ":" + container.getMappedPort(port);
        Instant limit = Instant.now().plus(LIMIT);
        while (true) {
            try {
                return connect.apply(address);
            } catch (UserError | SdkException e) {
                boolean late = Instant.now().isAfter(limit);
                if (late || !container.isRunning()) {
                    String why = late
                            ? "It did not answer at " + address + " within " + LIMIT.toSeconds() + " seconds."
                            : "Docker started it, but it stopped.";
                    throw doesNotStart(why, "Check its output in " + keptLog(), e);
                }
                pause();
            }
        }
    }

    /** Saves the container's output to the home's logs. */
    private String keptLog() {
        Path file = home.logs().resolve(server.toLowerCase(Locale.ROOT) + "-container.log");
        home.writeOwnerOnly(file, container.getLogs());
        return file.toString();
    }

    private UserError doesNotStart(String why, String where, Exception e) {
        return new UserError(
                "The " + server + " container (" + container.getDockerImageName() + ") does not start.",
                why,
                where + ".",
                e);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a container was starting", e);
        }
    }

    /** Does not wait, because Testcontainers would wait until its limit for a container that has stopped. */
    private static final class NoWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // ContainerStart waits for the server.
        }
    }
}
