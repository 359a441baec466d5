package dev.lakehouse.local;

import java.util.ArrayList;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3 by LocalStack in a container, reachable only from this machine. LocalStack loses its data when it stops, so the
 * bucket is uploaded from the home at start and downloaded at the end. A killed command leaves the home unchanged.
 */
final class ContainerS3 {
    private static final int PORT = 4566;

    private ContainerS3() {}

    static RunningServer<S3Endpoint> start(Home home) {
        LocalStackContainer container = container();
        return new ContainerStart(home, "S3", container, PORT)
                .run(
                        address -> {
                            S3Endpoint endpoint = new S3Endpoint(
                                    "http://" + address,
                                    EmbeddedS3.REGION,
                                    EmbeddedS3.BUCKET,
                                    home.secret(EmbeddedS3.ACCESS_KEY),
                                    home.secret(EmbeddedS3.SECRET_KEY));
                            try (S3Client client = S3Clients.of(endpoint)) {
                                client.createBucket(request -> request.bucket(endpoint.bucket()));
                            }
                            return endpoint;
                        },
                        endpoint -> {
                            BucketCopy copy = new BucketCopy(home.folder("s3-container"), endpoint.bucket());
                            try (S3Client client = S3Clients.of(endpoint)) {
                                copy.toBucket(client);
                            }
                            return new RunningServer<>(
                                    endpoint,
                                    "container of " + Docker.s3Image() + ", "
                                            + endpoint.url().replaceFirst("http://", ""),
                                    () -> stop(container, endpoint, copy));
                        });
    }

    private static void stop(LocalStackContainer container, S3Endpoint endpoint, BucketCopy copy) {
        try (S3Client client = S3Clients.of(endpoint)) {
            copy.fromBucket(client);
        } finally {
            container.stop();
        }
    }

    private static LocalStackContainer container() {
        LocalStackContainer container = new LocalStackContainer(
                        DockerImageName.parse(Docker.s3Image()).asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("s3");
        // Without Docker's socket, which only other services need and which would give the container control of Docker.
        container.setBinds(new ArrayList<>());
        return container;
    }
}
