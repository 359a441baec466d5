package dev.lakehouse.local;

import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.storage.CheckpointFiles;
import dev.lakehouse.storage.S3LogStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An S3 server outside AWS's own addressing: a local one, or a user's.
 *
 * @param url address, such as {@code http://127.0.0.1:9000}
 * @param region what requests are signed for; most servers of one's own accept any
 * @param bucket the bucket that holds landing and warehouse
 * @param accessKey where the access key's id is kept
 * @param secretKey where the secret key is kept
 */
public record S3Endpoint(
        String url, String region, String bucket, SecretReference accessKey, SecretReference secretKey) {

    /** Where landing and warehouse are, such as {@code s3a://lakehouse}. */
    public String root() {
        return "s3a://" + bucket;
    }

    /**
     * Spark's settings by which {@code s3a://} and {@code s3://} reach this server; the keys are among them.
     *
     * @param buffers a directory for files on their way up
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
        // On disk, not in memory, while a file is written.
        put(settings, "fast.upload.buffer", "disk");
        put(settings, "buffer.dir", buffers.toString());
        // A server that is down is reported within seconds, not after the many retries that suit AWS.
        put(settings, "attempts.maximum", "3");
        put(settings, "retry.limit", "3");
        put(settings, "connection.establish.timeout", "5s");
        return settings;
    }

    private static void put(Map<String, String> settings, String key, String value) {
        settings.put("spark.hadoop.fs.s3a." + key, value);
    }
}
