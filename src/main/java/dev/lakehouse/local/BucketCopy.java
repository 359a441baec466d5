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
 * A bucket's objects as files. An object's file is named by its key, part by part, with a mark at the end that no
 * directory has, because the keys {@code a} and {@code a/b} may both exist. Objects pass through as streams.
 */
final class BucketCopy {
    private static final String OBJECT = "~";
    private static final String NOTHING = "~~";

    private final Path directory;
    private final String bucket;

    /** The tag of each object that the bucket was filled with: where it is still the same, the file is too. */
    private final Map<String, String> tags = new HashMap<>();

    BucketCopy(Path directory, String bucket) {
        this.directory = directory;
        this.bucket = bucket;
    }

    /** Puts all files into the bucket. */
    void toBucket(S3Client client) {
        for (Path file : files()) {
            String key = key(file);
            tags.put(
                    key,
                    client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file))
                            .eTag());
        }
    }

    /** Makes the files the same as the bucket's objects: what changed is fetched, what is gone is deleted. */
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
                    "The objects of the S3 container could not be kept.",
                    "Copying them to " + directory + " failed (" + e.getClass().getSimpleName()
                            + "); what changed since the start of this command is lost.",
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
        // A part of dots alone would be a way out of the directory.
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }

    private static String decode(String name) {
        return name.equals(NOTHING) ? "" : URLDecoder.decode(name, StandardCharsets.UTF_8);
    }
}
