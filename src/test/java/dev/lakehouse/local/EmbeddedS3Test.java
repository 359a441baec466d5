package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

final class EmbeddedS3Test {
    private final S3Endpoint endpoint = TestServers.s3();
    private final String prefix = TestServers.freshPrefix().replace("s3a://lakehouse/", "");

    @Test
    void anObjectIsCreatedOnceWhenItMustNotExist() {
        try (S3Client client = S3Clients.of(endpoint)) {
            create(client, "commit", "first");

            assertThatThrownBy(() -> create(client, "commit", "second"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
            assertThat(read(client, "commit")).isEqualTo("first");
        }
    }

    @Test
    void ofManyThatCreateTheSameObjectExactlyOneSucceeds() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try (S3Client client = S3Clients.of(endpoint)) {
            for (int round = 0; round < 10; round++) {
                String key = "race/" + round;
                List<Callable<String>> attempts = new ArrayList<>();
                for (int writer = 0; writer < 8; writer++) {
                    String content = "writer " + writer;
                    attempts.add(() -> attempt(client, key, content));
                }
                List<String> winners = new ArrayList<>();
                for (Future<String> outcome : writers.invokeAll(attempts)) {
                    if (!outcome.get().isEmpty()) {
                        winners.add(outcome.get());
                    }
                }
                assertThat(winners).containsExactly(read(client, key));
            }
        } finally {
            writers.shutdown();
        }
    }

    @Test
    void listingsAreInKeyOrderPagedAndGroupedByDelimiter() {
        try (S3Client client = S3Clients.of(endpoint)) {
            for (String key : List.of("l/b", "l/a=1/y", "l/a=1/x", "l/a", "l/a=1%2F", "l/a.b", "l2/z")) {
                write(client, key, "12345");
            }
            List<S3Object> all = client
                    .listObjectsV2Paginator(request ->
                            request.bucket("lakehouse").prefix(prefix + "/l/").maxKeys(2))
                    .contents()
                    .stream()
                    .toList();
            assertThat(all)
                    .extracting(object -> object.key().substring(prefix.length() + 1))
                    .containsExactly("l/a", "l/a.b", "l/a=1%2F", "l/a=1/x", "l/a=1/y", "l/b");
            assertThat(all).extracting(S3Object::size).containsOnly(5L);
            assertThat(client.listObjectsV2(request -> request.bucket("lakehouse")
                                    .prefix(prefix + "/l/")
                                    .delimiter("/"))
                            .commonPrefixes())
                    .extracting(CommonPrefix::prefix)
                    .containsExactly(prefix + "/l/a=1/");
        }
    }

    @Test
    void aWrongKeyIsRefused(@TempDir Path temp) throws Exception {
        SecretReference wrong = SecretReference.file(Files.writeString(temp.resolve("wrong"), "wrong"));
        S3Endpoint stranger =
                new S3Endpoint(endpoint.url(), endpoint.region(), endpoint.bucket(), endpoint.accessKey(), wrong);
        try (S3Client client = S3Clients.of(stranger)) {
            assertThatThrownBy(() -> write(client, "key", "value"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    private String attempt(S3Client client, String key, String content) {
        try {
            create(client, key, content);
            return content;
        } catch (S3Exception e) {
            // 409 is S3's answer to two that are still under way.
            assertThat(e.statusCode()).isIn(409, 412);
            return "";
        }
    }

    private void create(S3Client client, String key, String content) {
        client.putObject(
                request -> request.bucket("lakehouse").key(prefix + "/" + key).ifNoneMatch("*"),
                RequestBody.fromString(content));
    }

    private void write(S3Client client, String key, String content) {
        client.putObject(
                request -> request.bucket("lakehouse").key(prefix + "/" + key), RequestBody.fromString(content));
    }

    private String read(S3Client client, String key) {
        return client.getObjectAsBytes(request -> request.bucket("lakehouse").key(prefix + "/" + key))
                .asUtf8String();
    }
}
