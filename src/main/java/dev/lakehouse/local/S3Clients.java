package dev.lakehouse.local;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of an S3 server that is not AWS. */
final class S3Clients {
    private S3Clients() {}

    static S3Client of(S3Endpoint endpoint) {
        return S3Client.builder()
                .endpointOverride(URI.create(endpoint.url()))
                .region(Region.of(endpoint.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        endpoint.accessKey().resolve(), endpoint.secretKey().resolve())))
                .build();
    }
}
