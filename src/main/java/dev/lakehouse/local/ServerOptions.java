package dev.lakehouse.local;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.util.Optional;

/**
 * The servers that a user's options name.
 *
 * @param mysql the user's own MySQL, if there is one
 * @param s3 the user's own S3, if there is one
 * @param kafka the user's own Kafka, if there is one
 * @param choice how local servers are run
 */
public record ServerOptions(
        Optional<MySqlServer> mysql, Optional<S3Endpoint> s3, Optional<KafkaServer> kafka, ServerChoice choice) {

    /** Options without the user's own servers. */
    public static ServerOptions of(ServerChoice choice) {
        return new ServerOptions(Optional.empty(), Optional.empty(), Optional.empty(), choice);
    }

    /** These options with the user's own MySQL. */
    public ServerOptions with(MySqlServer server) {
        return new ServerOptions(Optional.of(server), s3, kafka, choice);
    }

    /** These options with the user's own S3. */
    public ServerOptions with(S3Endpoint endpoint) {
        return new ServerOptions(mysql, Optional.of(endpoint), kafka, choice);
    }

    /** These options with the user's own Kafka. */
    public ServerOptions with(KafkaServer server) {
        return new ServerOptions(mysql, s3, Optional.of(server), choice);
    }
}
