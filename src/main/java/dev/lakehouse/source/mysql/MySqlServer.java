package dev.lakehouse.source.mysql;

import com.mysql.cj.jdbc.Driver;
import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * A MySQL (or MariaDB) database as a user names it.
 *
 * @param url {@code jdbc:mysql://HOST:PORT/DATABASE}
 * @param user the account
 * @param password where its password is kept
 */
public record MySqlServer(String url, String user, SecretReference password) {

    public MySqlServer {
        AddressLogin.refuse(url);
        if (!url.matches("jdbc:mysql://[^/]+/[^?/]+(\\?.*)?")) {
            throw new UserError(
                    "The MySQL address is not of the form jdbc:mysql://HOST:PORT/DATABASE.",
                    "Host and database are both needed to find a table.",
                    "Give for example jdbc:mysql://db.internal:3306/shop.");
        }
        AddressOptions.query(url); // refuses options that cannot be honoured
    }

    /** The address without its options, as messages, ledger and manifest show it. */
    public String address() {
        return url.replaceFirst("\\?.*", "");
    }

    /** The database that the address names. */
    public String database() {
        return database(address());
    }

    /** The database of an address without options, decoded as the driver does. */
    public static String database(String address) {
        String name = address.replaceFirst("(?s).*/", "");
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /** The address with the options of every connection: the user's, and those that reading relies on. */
    String addressWithOptions() {
        return address() + AddressOptions.query(url);
    }

    /** The account. The password is among the values: they go to the driver only. */
    Map<String, String> account() {
        return Map.of("user", user, "password", password.resolve());
    }

    /** Opens a connection; a person's mistake (address, password, database) comes back as a {@link UserError}. */
    public Connection connect() {
        return connect(Map.of());
    }

    /**
     * Opens a connection with further driver properties.
     *
     * @param more the driver's properties
     */
    public Connection connect(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(account());
        all.putAll(more);
        try {
            // Not DriverManager: it finds drivers by class loader, and a cluster may bring another one for this
            // address.
            return new Driver().connect(addressWithOptions(), all);
        } catch (SQLException e) {
            throw MySqlErrors.explain(this, e);
        }
    }
}
