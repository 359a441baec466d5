package dev.lakehouse.local;

import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Small data in and out of running servers. */
final class TestData {
    private TestData() {}

    static void update(MySqlServer server, String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    static String query(MySqlServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static void put(LocalServers servers, String key, String value) {
        try (S3Client client = S3Clients.of(servers.s3().address())) {
            client.putObject(
                    request -> request.bucket(servers.s3().address().bucket()).key(key), RequestBody.fromString(value));
        }
    }

    static String get(LocalServers servers, String key) {
        try (S3Client client = S3Clients.of(servers.s3().address())) {
            return client.getObjectAsBytes(request ->
                            request.bucket(servers.s3().address().bucket()).key(key))
                    .asUtf8String();
        }
    }
}
