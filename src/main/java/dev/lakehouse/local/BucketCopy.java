package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Copies a bucket's objects to files and back. The path of a file is the object's key with a suffix that directories do
 * not have, because the keys {@code a} and {@code a/b} may both exist. Objects are streamed.
 */
final class BucketCopy {
    private static final String OBJECT = "~";
    private static final String NOTHING = "~~";

    private final Path directory;
    private final String bucket;

    /** The tags of the uploaded objects. If a tag is unchanged, the file is too. */
    private final Map<String, String> tags = new HashMap<>();

    BucketCopy(Path directory, String bucket) {
        this.directory = directory;
        this.bucket = bucket;
    }

    /** Uploads all files. */
    void toBucket(S3Client client) {
        for (Path file : files()) {
            String key = key(file);
            tags.put(
                    key,
                    client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file))
                            .eTag());
        }
    }

    /**
     * Makes the files equal to the bucket's objects: changed objects are downloaded, and files without an object are
     * deleted.
     */
    void fromBucket(S3Client client) {
        Set<Path> present = new HashSet<>();
        try {
            for (S3Object object : client.listObjectsV2Paginator(request -> request.bucket(bucket))
                    .contents()) {
                Path file = file(object.key());
                present.add(file);
                if (!object.eTag().equals(tags.get(object.key())) || !Files.exists(file)) {
                    fetch(client, object.key(), file);
                }
            }
            for (Path file : files()) {
                if (!present.contains(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException | SdkException e) {
            throw new UserError(
                    "The objects of the S3 container could not be saved.",
                    "Copying them to " + directory + " failed (" + e.getClass().getSimpleName()
                            + "). Changes since the start of this command are lost.",
                    "Check the free space, then run the command again.",
                    e);
        }
    }

    private void fetch(S3Client client, String key, Path file) throws IOException {
        Path unfinished = directory.resolve("unfinished");
        Files.deleteIfExists(unfinished);
        client.getObject(request -> request.bucket(bucket).key(key), ResponseTransformer.toFile(unfinished));
        OwnerOnly.createDirectories(file.getParent());
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().endsWith(OBJECT))
                            .filter(Files::isRegularFile)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String key) {
        Path file = directory;
        String[] parts = key.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            file = file.resolve(last ? encode(parts[i]) + OBJECT : directoryName(parts[i]));
        }
        return file;
    }

    String key(Path file) {
        List<String> parts = new ArrayList<>();
        for (Path part : directory.relativize(file)) {
            parts.add(part.toString());
        }
        int last = parts.size() - 1;
        parts.set(last, parts.get(last).substring(0, parts.get(last).length() - OBJECT.length()));
        return String.join("/", parts.stream().map(BucketCopy::decode).toList());
    }

    private static String directoryName(String part) {
        return part.isEmpty() ? NOTHING : encode(part);
    }

    private static String encode(String part) {
        String encoded = URLEncoder.encode(part, StandardCharsets.UTF_8);
        // A segment of dots only would lead out of the directory.
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }

    private static String decode(String name) {
        return name.equals(NOTHING) ? "" : URLDecoder.decode(name, StandardCharsets.UTF_8);
    }
}
