package dev.lakehouse.local;

import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.storage.CheckpointFiles;
import dev.lakehouse.storage.S3LogStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An S3 server other than AWS: a local one, or a user's own.
 *
 * @param url address, such as {@code http://127.0.0.1:9000}
 * @param region the region for which requests are signed; most other servers accept any
 * @param bucket the bucket of landing and warehouse
 * @param accessKey the reference to the access key's id
 * @param secretKey the reference to the secret key
 */
public record S3Endpoint(
        String url, String region, String bucket, SecretReference accessKey, SecretReference secretKey) {

    /** The location of landing and warehouse, such as {@code s3a://lakehouse}. */
    public String root() {
        return "s3a://" + bucket;
    }

    /**
     * Spark's settings for {@code s3a://} and {@code s3://} on this server, including the keys.
     *
     * @param buffers a directory for files during their upload
     */
    public Map<String, String> sparkSettings(Path buffers) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.hadoop.fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        settings.put("spark.delta.logStore.s3a.impl", S3LogStore.class.getName());
        settings.put("spark.delta.logStore.s3.impl", S3LogStore.class.getName());
        settings.put("spark.sql.streaming.checkpointFileManagerClass", CheckpointFiles.class.getName());
        put(settings, "endpoint", url);
        put(settings, "endpoint.region", region);
        put(settings, "path.style.access", "true");
        put(settings, "connection.ssl.enabled", Boolean.toString(url.startsWith("https")));
        put(settings, "aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        put(settings, "access.key", accessKey.resolve());
        put(settings, "secret.key", secretKey.resolve());
        // A file is buffered on disk, not in memory.
        put(settings, "fast.upload.buffer", "disk");
        put(settings, "buffer.dir", buffers.toString());
        // An unreachable server is reported within seconds, not after the many retries that are the default for AWS.
        put(settings, "attempts.maximum", "3");
        put(settings, "retry.limit", "3");
        put(settings, "connection.establish.timeout", "5s");
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String value) {
        settings.put("spark.hadoop.fs.s3a." + key, value);
    }
}
