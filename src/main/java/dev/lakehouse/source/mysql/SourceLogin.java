package dev.lakehouse.source.mysql;

import com.mysql.cj.jdbc.Driver;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * What a Spark task needs to connect to a source: the secret is resolved on the driver, because executors may not reach it.
 */
public final class SourceLogin implements Serializable {
    private static final long serialVersionUID = 1;

    private final String address;
    private final Properties account;

    SourceLogin(String address, Properties account) {
        this.address = address;
        this.account = account;
    }

    String address() {
        return address;
    }

    /** User and password. They are only passed to the driver. */
    Properties account() {
        return account;
    }

    /** Opens a connection. The driver's exception passes unchanged; {@link MySqlErrors} explains it. */
    public Connection connect() throws SQLException {
        // Not DriverManager: it finds drivers by class loader, and a cluster may have another driver for this address.
        return new Driver().connect(address, account);
    }
}
