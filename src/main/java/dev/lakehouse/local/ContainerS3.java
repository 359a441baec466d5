package dev.lakehouse.local;

import com.github.dockerjava.api.model.HostConfig;
import dev.lakehouse.UserError;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 by LocalStack in a container, reachable from this machine only. LocalStack forgets everything when it stops, so the
 * bucket is filled from the home at start and brought back to it at the end. A command that is killed leaves the home as
 * it was before.
 */
final class ContainerS3 implements RunningServer<S3Endpoint> {
    private static final int PORT = 4566;

    private final LocalStackContainer container;
    private final S3Endpoint address;
    private final BucketCopy copy;

    private ContainerS3(LocalStackContainer container, S3Endpoint address, BucketCopy copy) {
        this.container = container;
        this.address = address;
        this.copy = copy;
    }

    static ContainerS3 start(Home home) {
        LocalStackContainer container = container();
        Docker.takeOver(home, container);
        boolean started = false;
        try {
            container.start();
            S3Endpoint endpoint = new S3Endpoint(
                    "http://" + container.getHost() + ":" + container.getMappedPort(PORT),
                    EmbeddedS3.REGION,
                    EmbeddedS3.BUCKET,
                    home.secret(EmbeddedS3.ACCESS_KEY),
                    home.secret(EmbeddedS3.SECRET_KEY));
            BucketCopy copy = new BucketCopy(home.folder("s3-container"), endpoint.bucket());
            try (S3Client client = S3Clients.of(endpoint)) {
                client.createBucket(request -> request.bucket(endpoint.bucket()));
                copy.toBucket(client);
            }
            started = true;
            return new ContainerS3(container, endpoint, copy);
        } catch (ContainerLaunchException | SdkException e) {
            throw new UserError(
                    "The S3 container (" + Docker.s3Image() + ") does not start.",
                    "Docker started it, but it does not answer as S3 should.",
                    "Look into the log of this command in " + home.logs() + ".",
                    e);
        } finally {
            if (!started) {
                container.stop();
            }
        }
    }

    @Override
    public S3Endpoint address() {
        return address;
    }

    @Override
    public String description() {
        return "LocalStack, container of " + Docker.s3Image() + ", "
                + address.url().replaceFirst("http://", "");
    }

    @Override
    public void close() {
        try (S3Client client = S3Clients.of(address)) {
            copy.fromBucket(client);
        } finally {
            container.stop();
        }
    }

    private static LocalStackContainer container() {
        return new LocalStackContainer(
                        DockerImageName.parse(Docker.s3Image()).asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("s3")
                .withCreateContainerCmdModifier(command -> {
                    HostConfig host = command.getHostConfig();
                    if (host != null) {
                        host.withPortBindings(ContainerMySql.local(PORT));
                    }
                });
    }
}
