package dev.lakehouse.source.mysql;

import dev.lakehouse.storage.PathSegment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;

/**
 * The database and the server of an extract. MySQL has the id {@code server_uuid}. A server without an id, such as
 * MariaDB, is identified by host and port. On the local machine, where ports change, such a server cannot be
 * identified.
 *
 * @param database its name
 * @param address the server's address with the database, without options
 * @param serverUuid the server's id; empty if it has none or was not asked
 */
public record SourceIdentity(String database, String address, Optional<String> serverUuid) {
    private static final String LOCAL = "localhost";

    /** The identity by address, without a connection. */
    public static SourceIdentity of(MySqlServer server) {
        return new SourceIdentity(server.database(), server.address(), Optional.empty());
    }

    /** The identity that the server reports. */
    public static SourceIdentity of(MySqlServer server, Connection connection) {
        // Not SELECT @@server_uuid, which fails if the variable does not exist.
        String query = "SHOW GLOBAL VARIABLES WHERE Variable_name = 'server_uuid'";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            Optional<String> uuid =
                    row.next() ? Optional.ofNullable(row.getString(2)).filter(id -> !id.isBlank()) : Optional.empty();
            return new SourceIdentity(server.database(), server.address(), uuid);
        } catch (SQLException e) {
            throw MySqlErrors.explain(server, e);
        }
    }

    /** Whether both are certainly different databases, or databases of different servers. */
    public boolean differsFrom(SourceIdentity other) {
        return !database.equals(other.database) || isOnAnotherServerThan(other);
    }

    /**
     * An id and an address cannot be compared. A server that reports its id for the first time is not treated as
     * another one.
     */
    private boolean isOnAnotherServerThan(SourceIdentity other) {
        if (serverUuid.isPresent() != other.serverUuid.isPresent()) {
            return false;
        }
        boolean unknown = serverUuid.isEmpty()
                && (hostAndPort().equals(LOCAL) || other.hostAndPort().equals(LOCAL));
        return !unknown && !server().equals(other.server());
    }

    /** Whether database, host and port are the same. */
    public boolean hasAddressOf(SourceIdentity other) {
        return database.equals(other.database) && hostAndPort().equals(other.hostAndPort());
    }

    /** Database and server for messages and the option {@code --accept-source}, such as {@code shop@db:3306}. */
    public String text() {
        return PathSegment.of(database) + "@" + server().replace(",", "%2C");
    }

    private String server() {
        return serverUuid.orElseGet(this::hostAndPort);
    }

    private String hostAndPort() {
        String host = address.replaceFirst("^jdbc:mysql://", "")
                .replaceFirst("/[^/]*$", "")
                .toLowerCase(Locale.ROOT);
        if (host.matches("(127\\.[\\d.]+|localhost|\\[::1])(:\\d+)?")) {
            return LOCAL;
        }
        return host.matches("[^:,()\\[\\]]+|\\[[^,\\]]+]") ? host + ":3306" : host;
    }
}
