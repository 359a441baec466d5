package dev.lakehouse.local;

import dev.lakehouse.UserError;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.SQLException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The user's own servers, which are never started or stopped. A connection is tried before the home stores an address,
 * so that a mistyped one is not stored.
 */
final class OwnServers {
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(5);

    private OwnServers() {}

    static RunningServer<MySqlServer> mysql(MySqlServer server) {
        try {
            server.connect().close();
            return own(server, server.address() + ", your own, as user '" + server.user() + "'");
        } catch (SQLException e) {
            throw new IllegalStateException("A connection cannot be closed", e);
        }
    }

    static RunningServer<S3Endpoint> s3(S3Endpoint endpoint) {
        try (S3Client client = S3Clients.of(endpoint)) {
            client.headBucket(request -> request.bucket(endpoint.bucket()));
            return own(endpoint, endpoint.url() + ", bucket " + endpoint.bucket() + ", your own");
        } catch (NoSuchBucketException e) {
            throw new UserError(
                    "There is no bucket '" + endpoint.bucket() + "' at " + endpoint.url() + ".",
                    "The server has no bucket of that name.",
                    "Create the bucket, or correct its name.",
                    e);
        } catch (S3Exception e) {
            throw new UserError(
                    "S3 refused the bucket '" + endpoint.bucket() + "' at " + endpoint.url() + " (HTTP "
                            + e.statusCode() + ").",
                    "The keys (" + endpoint.accessKey() + ", " + endpoint.secretKey()
                            + ") are wrong, or may not use this bucket.",
                    "Check the keys and their permissions.",
                    e);
        } catch (SdkClientException e) {
            throw new UserError(
                    "S3 cannot be reached at " + endpoint.url() + ".",
                    "No S3 server answers there.",
                    "Check host and port, that the server is running, and that no firewall blocks the connection.",
                    e);
        }
    }

    static RunningServer<KafkaServer> kafka(KafkaServer server) {
        KafkaCheck.answers(server, KAFKA_LIMIT);
        return own(
                server,
                server.servers() + ", your own"
                        + server.login()
                                .map(login -> ", as user '" + login.user() + "'")
                                .orElse(""));
    }

    private static <T> RunningServer<T> own(T address, String description) {
        return new RunningServer<>(address, description, () -> {
            // The user's own server is not stopped.
        });
    }
}
