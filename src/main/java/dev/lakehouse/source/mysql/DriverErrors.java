package dev.lakehouse.source.mysql;

import com.mysql.cj.exceptions.WrongArgumentException;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import dev.lakehouse.UserError;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Explains errors without a server's error number, which are the driver's own, by their cause. */
final class DriverErrors {
    private DriverErrors() {}

    static UserError explain(MySqlServer server, SQLException e) {
        String says = "The driver reports: " + MySqlErrors.firstLine(root(e));
        String where = " at " + server.address();
        String at = where + ".";
        if (says.contains("Public Key Retrieval is not allowed")) {
            return new UserError(
                    "The login" + where + " needs TLS or the server's public key.",
                    "Without TLS the password is encrypted by the server's public key, which the driver does not"
                            + " request by default.",
                    "Use TLS: add sslMode=REQUIRED to the options of the address. On a trusted network you can add"
                            + " allowPublicKeyRetrieval=true instead.",
                    e);
        }
        if (isWithin(e, CertificateException.class) || isWithin(e, CertPathValidatorException.class)) {
            return new UserError(
                    "The certificate of MySQL" + where + " is not trusted.",
                    says,
                    "Import the authority that signed it into the JVM's trust store, or name a trust store without a"
                            + " password by trustCertificateKeyStoreUrl. sslMode=REQUIRED encrypts without checking"
                            + " the certificate.",
                    e);
        }
        if (isWithin(e, SSLException.class)) {
            return new UserError(
                    "The TLS handshake with MySQL failed" + at,
                    says,
                    "Set a TLS version that both sides support: by the option tlsVersions of the address, or by the"
                            + " server's variable tls_version.",
                    e);
        }
        if (isWithin(e, UnknownHostException.class)) {
            return new UserError(
                    "The host of " + server.address() + " is unknown.",
                    "The name has no address in DNS.",
                    "Check the host's name.",
                    e);
        }
        if (isWithin(e, SocketTimeoutException.class)) {
            return timeout(server, says, e);
        }
        if (isWithin(e, ConnectException.class) || isWithin(e, NoRouteToHostException.class)) {
            return unreachable(server, says, e);
        }
        if (isWithin(e, PacketTooBigException.class)) {
            return packetLimit(server, says, e);
        }
        if (isWithin(e, WrongArgumentException.class)) {
            return new UserError(
                    "An option of the MySQL address has an invalid value.",
                    "The driver reports: " + MySqlErrors.firstLine(e),
                    "Correct the options of the address.",
                    e);
        }
        if (String.valueOf(e.getMessage()).contains("wait_timeout")) {
            return idleTooLong(server, says, e);
        }
        if (isWithin(e, EOFException.class) || isWithin(e, SocketException.class)) {
            return String.valueOf(e.getMessage()).contains("has not received any packets")
                    ? silent(server, says, e)
                    : broken(server, says, e);
        }
        return new UserError(
                "The MySQL driver failed" + at, says, "Correct what the driver reports, then run the task again.", e);
    }

    static UserError idleTooLong(MySqlServer server, String says, SQLException e) {
        return new UserError(
                "MySQL closed an idle connection at " + server.address() + ".",
                "It was idle for longer than its wait_timeout. " + says,
                "Remove wait_timeout from the option 'sessionVariables' of the address. If a proxy closes idle"
                        + " connections, raise its limit.",
                e);
    }

    static UserError broken(MySqlServer server, String says, SQLException e) {
        return new UserError(
                "The connection to MySQL was lost at " + server.address() + ".",
                says,
                "Check the server's log for the reason (a restart, KILL, a time limit of server or proxy), then run"
                        + " the task again.",
                e);
    }

    static UserError packetLimit(MySqlServer server, String says, SQLException e) {
        return new UserError(
                "A row or a value exceeds the packet limit at " + server.address() + ".",
                says,
                "Raise max_allowed_packet on the server (at most 1 GB), and remove maxAllowedPacket from the options of"
                        + " the address.",
                e);
    }

    private static UserError timeout(MySqlServer server, String says, SQLException e) {
        return MySqlErrors.firstLine(root(e)).startsWith("Read")
                ? new UserError(
                        "MySQL did not answer in time at " + server.address() + ".",
                        "A statement took longer than the option socketTimeout of the address allows. " + says,
                        "Raise or remove socketTimeout.",
                        e)
                : unreachable(server, says, e);
    }

    private static UserError unreachable(MySqlServer server, String says, SQLException e) {
        return new UserError(
                "MySQL cannot be reached at " + server.address() + ".",
                "There is no answer. " + says,
                "Check host and port, that the server is running, and that no firewall blocks the connection.",
                e);
    }

    private static UserError silent(MySqlServer server, String says, SQLException e) {
        return new UserError(
                "The server at " + server.address() + " closed the connection before the handshake.",
                "It is not MySQL, or it accepts no connection from here. " + says,
                "Check that the port is MySQL's. If there is a proxy or a load balancer, check its log.",
                e);
    }

    static boolean isWithin(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
