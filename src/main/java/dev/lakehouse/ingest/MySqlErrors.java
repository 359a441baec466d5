package dev.lakehouse.ingest;

import dev.lakehouse.UserError;
import java.sql.SQLException;

/** What MySQL's errors mean to the person who runs a task. */
public final class MySqlErrors {
    private static final int ACCESS_DENIED_TO_DATABASE = 1044;
    private static final int ACCESS_DENIED = 1045;
    private static final int UNKNOWN_DATABASE = 1049;
    private static final int ACCESS_DENIED_TO_TABLE = 1142;
    private static final int ACCESS_DENIED_TO_COLUMN = 1143;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int TABLE_DEFINITION_CHANGED = 1412;
    private static final int ACCESS_DENIED_WITHOUT_PASSWORD = 1698;

    private MySqlErrors() {}

    /** The error in three parts. Where the server's own words are not known to be harmless they are left to the log. */
    public static UserError explain(MySqlServer server, SQLException e) {
        String where = server.address() + " as user '" + server.user() + "'";
        return switch (e.getErrorCode()) {
            case ACCESS_DENIED, ACCESS_DENIED_WITHOUT_PASSWORD ->
                new UserError(
                        "MySQL refused the login at " + where + ".",
                        "The user name or the password (" + server.password()
                                + ") is wrong, or this host is not allowed.",
                        "Check the user and what the secret reference holds.",
                        e);
            case ACCESS_DENIED_TO_DATABASE, ACCESS_DENIED_TO_TABLE, ACCESS_DENIED_TO_COLUMN ->
                new UserError(
                        "MySQL does not let " + where + " do what is needed.",
                        firstLine(e),
                        "Grant the user SELECT on the table (generating data also needs CREATE, INSERT, UPDATE, DELETE).",
                        e);
            case UNKNOWN_DATABASE ->
                new UserError(
                        "There is no database '" + server.database() + "' at " + server.address() + ".",
                        "The server answered, but it does not know that name.",
                        "Check the last part of the address.",
                        e);
            case NO_SUCH_TABLE ->
                new UserError(
                        "A table is missing at " + server.address() + ".", firstLine(e), "Check the table's name.", e);
            case TABLE_DEFINITION_CHANGED ->
                new UserError(
                        "The source table was altered while it was read.",
                        "MySQL cannot show the old definition to a running snapshot.",
                        "Run the extract again once the change is through.",
                        e);
            default -> isConnectionLoss(e) ? unreachable(server, e) : unexpected(server, e);
        };
    }

    private static UserError unreachable(MySqlServer server, SQLException e) {
        return new UserError(
                "MySQL cannot be reached at " + server.address() + ".",
                "Nothing answers there as a MySQL server, or the connection broke.",
                "Check host and port, that the server runs, and that no firewall is between.",
                e);
    }

    private static UserError unexpected(MySqlServer server, SQLException e) {
        return new UserError(
                "A statement failed in MySQL at " + server.address() + ".",
                "MySQL says: " + firstLine(e) + " (error " + e.getErrorCode() + ")",
                "Mend what MySQL names and run the task again.",
                e);
    }

    private static boolean isConnectionLoss(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    private static String firstLine(SQLException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
