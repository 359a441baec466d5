package dev.lakehouse.storage;

import dev.lakehouse.secrets.SecretReference;
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

    /** Hadoop's settings by which {@code s3a://} reaches this server, keys without the prefix {@code spark.hadoop.}. */
    public Map<String, String> hadoopSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fs.s3a.endpoint", url);
        settings.put("fs.s3a.endpoint.region", region);
        settings.put("fs.s3a.path.style.access", "true");
        settings.put("fs.s3a.connection.ssl.enabled", Boolean.toString(url.startsWith("https")));
        settings.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        settings.put("fs.s3a.access.key", accessKey.resolve());
        settings.put("fs.s3a.secret.key", secretKey.resolve());
        return settings;
    }
}
