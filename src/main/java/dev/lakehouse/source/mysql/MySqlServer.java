package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * The address and the account of a MySQL or MariaDB database.
 *
 * @param url {@code jdbc:mysql://HOST:PORT/DATABASE}
 * @param user the account
 * @param password the reference to its password
 */
public record MySqlServer(String url, String user, SecretReference password) {

    public MySqlServer {
        AddressLogin.refuse(url);
        if (!url.matches("jdbc:mysql://[^/]+/[^?/]+(\\?.*)?")) {
            throw new UserError(
                    "The MySQL address is not of the form jdbc:mysql://HOST:PORT/DATABASE.",
                    "A table is found by host and database.",
                    "Give, for example, jdbc:mysql://db.internal:3306/shop.");
        }
        AddressOptions.query(url); // refuses options that cannot be used
    }

    /** The address without options, for messages, ledger and manifest. */
    public String address() {
        return url.replaceFirst("\\?.*", "");
    }

    /** The database that the address names. */
    public String database() {
        return database(address());
    }

    /** The database of an address without options, decoded as by the driver. */
    public static String database(String address) {
        String name = address.replaceFirst("(?s).*/", "");
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    String addressWithOptions() {
        return address() + AddressOptions.query(url);
    }

    /** How Spark tasks connect: with the user's options and those that reading relies on. */
    public SourceLogin login() {
        return login(Map.of());
    }

    private SourceLogin login(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(Map.of("user", user, "password", password.resolve()));
        all.putAll(more);
        return new SourceLogin(addressWithOptions(), all);
    }

    /** Opens a connection. A wrong address, password or database throws a {@link UserError}. */
    public Connection connect() {
        return connect(Map.of());
    }

    /**
     * Opens a connection with further driver properties.
     *
     * @param more the driver's properties
     */
    public Connection connect(Map<String, String> more) {
        SourceLogin login = login(more);
        try {
            return login.connect();
        } catch (SQLException e) {
            throw MySqlErrors.explain(this, e);
        }
    }
}
