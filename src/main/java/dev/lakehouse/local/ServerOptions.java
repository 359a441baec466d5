package dev.lakehouse.local;

import dev.lakehouse.ingest.MySqlServer;
import java.util.Optional;

/**
 * The servers a user asks for.
 *
 * @param mysql the user's own MySQL, where there is one
 * @param s3 the user's own S3, where there is one
 * @param choice how the others are run
 */
public record ServerOptions(Optional<MySqlServer> mysql, Optional<S3Endpoint> s3, ServerChoice choice) {

    /** No server of the user's own. */
    public static ServerOptions of(ServerChoice choice) {
        return new ServerOptions(Optional.empty(), Optional.empty(), choice);
    }

    /** These options with the user's own MySQL. */
    public ServerOptions with(MySqlServer server) {
        return new ServerOptions(Optional.of(server), s3, choice);
    }

    /** These options with the user's own S3. */
    public ServerOptions with(S3Endpoint endpoint) {
        return new ServerOptions(mysql, Optional.of(endpoint), choice);
    }
}
