package dev.lakehouse.source.mysql;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import dev.lakehouse.UserError;
import java.sql.SQLException;

/** Explains MySQL's errors by the server's error number. */
public final class MySqlErrors {
    private static final int LONGEST_WORDS = 300;

    private MySqlErrors() {}

    /** The error as problem, cause and fix, with the first line of the message of server or driver. */
    public static UserError explain(MySqlServer server, SQLException e) {
        String where = server.address() + " as user '" + server.user() + "'";
        String at = " at " + server.address() + ".";
        String says = "MySQL reports: " + firstLine(e) + " (error " + e.getErrorCode() + ")";
        return switch (e.getErrorCode()) {
            case 0 -> DriverErrors.explain(server, e);
            // 1698: an account without a password that logs in only by the local socket, such as root on some systems.
            case 1045, 1698 ->
                new UserError(
                        "MySQL refused the login at " + where + ".",
                        "The user name or the password (" + server.password()
                                + ") is wrong, this host is not allowed, or the account requires TLS. " + says,
                        "Check the user and the secret that the reference names. For an account that requires TLS,"
                                + " add sslMode=REQUIRED to the options of the address.",
                        e);
            case 1044, 1142, 1143, 1227 ->
                new UserError(
                        "MySQL refused a statement at " + where + ".",
                        says,
                        "Grant the user SELECT on the table (generate also needs CREATE, INSERT, UPDATE and DELETE).",
                        e);
            case 1049 ->
                new UserError(
                        "There is no database '" + server.database() + "'" + at,
                        "The server has no database of that name.",
                        "Correct the last part of the address.",
                        e);
            case 1146 -> new UserError("A table is missing" + at, says, "Correct the table's name.", e);
            case 1412 ->
                new UserError(
                        "The source table was altered while it was read.",
                        "MySQL cannot show the old definition to a running snapshot.",
                        "Run the extract again when the change is complete.",
                        e);
            case 3159 ->
                new UserError(
                        "MySQL requires TLS" + at,
                        says,
                        "Remove sslMode=DISABLED and useSSL=false from the options of the address, or add"
                                + " sslMode=REQUIRED.",
                        e);
            case 1040, 1203, 1226 ->
                new UserError(
                        "MySQL has no free connection for " + where + ".",
                        says,
                        "Run the task again when other clients have disconnected, or raise the limit that MySQL names"
                                + " (max_connections, or the account's limit).",
                        e);
            case 1129 ->
                new UserError(
                        "MySQL blocks this host" + at,
                        says,
                        "Unblock it on the server: TRUNCATE TABLE performance_schema.host_cache in MySQL, FLUSH HOSTS"
                                + " in MariaDB.",
                        e);
            case 1130 ->
                new UserError(
                        "MySQL accepts no connection from this host" + at,
                        says,
                        "Create the account for this host, or for '%'.",
                        e);
            case 1820, 1862 ->
                new UserError(
                        "The password of " + where + " has expired.",
                        says,
                        "Set a new password with ALTER USER, and store it where the reference points ("
                                + server.password() + ").",
                        e);
            case 3118, 4151 ->
                new UserError(
                        "The account is locked: " + where + ".",
                        says,
                        "Unlock it on the server with ALTER USER … ACCOUNT UNLOCK.",
                        e);
            case 4031 -> DriverErrors.idleTooLong(server, says, e);
            case 1053, 1927 -> DriverErrors.broken(server, says, e);
            case 1153, 1301 -> DriverErrors.packetLimit(server, says, e);
            case 1205, 1213 ->
                new UserError(
                        "A statement waited too long for a lock in MySQL" + at,
                        says,
                        "Run the task again when the transaction that holds the lock has ended. SHOW PROCESSLIST"
                                + " lists the sessions.",
                        e);
            case 1290, 1792, 1836 ->
                new UserError(
                        "MySQL does not accept changes" + at,
                        says,
                        "Use a server that can be written to. This one is a replica or read-only.",
                        e);
            case 1021, 1114 ->
                new UserError(
                        "MySQL has run out of space" + at,
                        says,
                        "Free space on the server's disk and in its temporary directory, then run the task again.",
                        e);
            case 1317, 1969, 3024 ->
                new UserError(
                        "MySQL stopped a statement" + at,
                        says,
                        "Raise the time limit of statements (max_execution_time in MySQL, max_statement_time in"
                                + " MariaDB), for example by sessionVariables in the address.",
                        e);
            case 1193, 1231, 1232, 1238 ->
                new UserError(
                        "MySQL refused to set a variable" + at,
                        says,
                        "Correct the option 'sessionVariables' of the address.",
                        e);
            default ->
                new UserError(
                        "A statement failed in MySQL" + at,
                        says,
                        "Correct what MySQL reports, then run the task again.",
                        e);
        };
    }

    /** Whether a row or a value exceeds a packet limit of the server or the driver. */
    public static boolean isPacketLimit(SQLException e) {
        return DriverErrors.isWithin(e, PacketTooBigException.class)
                || e.getErrorCode() == 1153
                || e.getErrorCode() == 1301;
    }

    /** The message of the server or the driver, without the traces that the driver appends. */
    static String firstLine(Throwable e) {
        String line = UserError.firstLine(e).strip();
        return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) + "…" : line;
    }
}
