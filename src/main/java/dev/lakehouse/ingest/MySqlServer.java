package dev.lakehouse.ingest;

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
    static String database(String address) {
        String name = address.replaceFirst("(?s).*/", "");
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /**
     * The address with how every connection is set up, so that nothing depends on the JVM's time zone, on the server's
     * defaults or on the driver's: UTC, UTF-8, no SQL mode but the driver's (quotes and padding as the statements here
     * expect), numbers as numbers.
     *
     * <p>In the address and not in properties: Spark hands some properties on in lower case, and the driver passes over
     * names that it does not know without a word.
     */
    String addressWithOptions() {
        return url + (url.contains("?") ? "&" : "?")
                + "connectionTimeZone=UTC"
                + "&forceConnectionTimeZoneToSession=true"
                + "&characterEncoding=UTF-8"
                + "&tinyInt1isBit=false"
                + "&yearIsDateType=false"
                + "&zeroDateTimeBehavior=EXCEPTION"
                + "&connectTimeout=10000"
                + "&sessionVariables=sql_mode%3D%27%27";
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
