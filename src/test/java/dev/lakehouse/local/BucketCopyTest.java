package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

final class BucketCopyTest {
    @TempDir
    Path temp;

    @Test
    void aBucketComesBackAsItWas() {
        try (S3Client client = S3Clients.of(TestServers.s3())) {
            String first = bucket(client);
            for (String key : List.of("a", "b/c", "x=1/..c", "u %+&:", "a~", "deep/er/~~/~")) {
                put(client, first, key, "content of " + key);
            }
            new BucketCopy(temp, first).fromBucket(client);

            String second = bucket(client);
            new BucketCopy(temp, second).toBucket(client);

            assertThat(contents(client, second))
                    .isEqualTo(contents(client, first))
                    .hasSize(6);
        }
    }

    @Test
    void onlyWhatChangedIsFetchedAndWhatIsGoneIsDeleted() throws Exception {
        try (S3Client client = S3Clients.of(TestServers.s3())) {
            String bucket = bucket(client);
            put(client, bucket, "same", "1");
            put(client, bucket, "changed", "1");
            put(client, bucket, "gone/deep", "1");
            new BucketCopy(temp, bucket).fromBucket(client);
            BucketCopy copy = new BucketCopy(temp, bucket);
            copy.toBucket(client);
            // A mark that only a needless fetch would take away.
            Files.writeString(temp.resolve("same~"), "mark");

            put(client, bucket, "changed", "2");
            put(client, bucket, "new", "2");
            client.deleteObject(request -> request.bucket(bucket).key("gone/deep"));
            copy.fromBucket(client);

            assertThat(temp.resolve("same~")).hasContent("mark");
            assertThat(temp.resolve("changed~")).hasContent("2");
            assertThat(temp.resolve("new~")).hasContent("2");
            assertThat(temp.resolve("gone/deep~")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "..", ".", "/etc/x", "a/../../x", "", "a/", "a//b", "Łódź/ü", "a~/b", "a\\b", "c:x"})
    void aKeyIsFoundAgainInTheNameOfAFileThatCannotLeaveTheDirectory(String key) {
        BucketCopy copy = new BucketCopy(temp, "bucket");

        Path file = copy.file(key);

        assertThat(file.normalize()).isEqualTo(file);
        assertThat(file.startsWith(temp)).isTrue();
        assertThat(file.toString().substring(temp.toString().length())).matches("[!-~]+");
        assertThat(copy.key(file)).isEqualTo(key);
    }

    @Test
    void anObjectMayBeNamedLikeTheFolderOfAnother() {
        BucketCopy copy = new BucketCopy(temp, "bucket");

        assertThat(copy.file("a/b").startsWith(copy.file("a"))).isFalse();
        assertThat(copy.file("a~/b").startsWith(copy.file("a"))).isFalse();
        assertThat(copy.file("a//b").startsWith(copy.file("a/"))).isFalse();
    }

    private static String bucket(S3Client client) {
        String name = "copy-" + UUID.randomUUID();
        client.createBucket(request -> request.bucket(name));
        return name;
    }

    private static void put(S3Client client, String bucket, String key, String content) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private static Map<String, String> contents(S3Client client, String bucket) {
        Map<String, String> contents = new TreeMap<>();
        for (S3Object object :
                client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents()) {
            contents.put(
                    object.key(),
                    client.getObjectAsBytes(request -> request.bucket(bucket).key(object.key()))
                            .asUtf8String());
        }
        return contents;
    }
}
