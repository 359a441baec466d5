package dev.lakehouse.ingest;

import com.mysql.cj.jdbc.Driver;
import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
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
        return address().replaceFirst(".*/", "");
    }

    /**
     * How every connection is set up, so that nothing depends on the JVM's time zone, on the server's defaults or on
     * the driver's: UTC, UTF-8, no SQL mode (quotes and padding as the standard statements here expect), numbers as
     * numbers.
     *
     * <p>The password is among the values: they go to the driver only.
     */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("user", user);
        properties.put("password", password.resolve());
        properties.put("connectionTimeZone", "UTC");
        properties.put("forceConnectionTimeZoneToSession", "true");
        properties.put("characterEncoding", "UTF-8");
        properties.put("tinyInt1isBit", "false");
        properties.put("yearIsDateType", "false");
        properties.put("zeroDateTimeBehavior", "EXCEPTION");
        properties.put("connectTimeout", "10000");
        properties.put("sessionVariables", "sql_mode=''");
        return properties;
    }

    /** Opens a connection; a person's mistake (address, password, database) comes back as a {@link UserError}. */
    public Connection connect() {
        return connect(Map.of());
    }

    /**
     * Opens a connection with driver properties on top of {@link #properties()}.
     *
     * @param more the driver's properties
     */
    public Connection connect(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties());
        all.putAll(more);
        try {
            // Not DriverManager: it finds drivers by class loader, and a cluster may bring another one for this
            // address.
            return new Driver().connect(url, all);
        } catch (SQLException e) {
            throw MySqlErrors.explain(this, e);
        }
    }
}
