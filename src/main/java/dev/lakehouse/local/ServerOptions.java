package dev.lakehouse.local;

import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import java.util.Optional;

/**
 * The servers a user asks for.
 *
 * @param mysql the user's own MySQL, where there is one
 * @param s3 the user's own S3, where there is one
 * @param kafka the user's own Kafka, where there is one
 * @param choice how the others are run
 */
public record ServerOptions(
        Optional<MySqlServer> mysql, Optional<S3Endpoint> s3, Optional<KafkaServer> kafka, ServerChoice choice) {

    /** No server of the user's own. */
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
