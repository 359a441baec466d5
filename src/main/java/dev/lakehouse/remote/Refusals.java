package dev.lakehouse.remote;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import dev.lakehouse.UserError;
import java.util.Locale;
import java.util.regex.Pattern;

/** Explains error responses of a workspace. */
final class Refusals {
    private static final int NO_LOGIN = 401;
    private static final int NO_RIGHT = 403;
    private static final int FIRST_OF_SERVER = 500;
    private static final Pattern OF_LOGIN = Pattern.compile(
            "(token|credential)[^.]{0,60}(expired|invalid|not valid)|(expired|invalid)[^.]{0,30}(token|credential)");

    private Refusals() {}

    /** Whether an error refuses the login itself, in contrast to a missing right. */
    static boolean isOfLogin(int status, String text) {
        return status == NO_LOGIN
                || (status == NO_RIGHT
                        && text != null
                        && OF_LOGIN.matcher(text.toLowerCase(Locale.ROOT)).find());
    }

    /**
     * The user's error for a failed request.
     *
     * @param request the request as words after "cannot", such as {@code start the job}
     */
    static UserError explain(String host, String request, DatabricksException e) {
        DatabricksError answer = answer(e);
        String problem = "The workspace " + host + " cannot " + request + ".";
        if (answer == null) {
            return new UserError(
                    problem,
                    HostileText.line(UserError.firstLine(e)),
                    "Check the login: 'databricks auth describe' shows the login in use.",
                    e);
        }
        if (answer.getCause() != null) {
            return new UserError(
                    "The workspace " + host + " cannot be reached or does not answer.",
                    answer.getCause().getClass().getSimpleName() + ": "
                            + HostileText.line(UserError.firstLine(answer.getCause())),
                    "Check the address and the network, then run the command again.",
                    e);
        }
        if (isOfLogin(answer.getStatusCode(), answer.getMessage())) {
            return new UserError(
                    "The workspace " + host + " refused the login.",
                    statusAndText(answer),
                    "Log in again with 'databricks auth login --host " + host
                            + "', or renew the token in the profile or in" + " DATABRICKS_TOKEN.",
                    e);
        }
        if (answer.getStatusCode() == NO_RIGHT) {
            return new UserError(
                    problem, statusAndText(answer), "Ask an administrator of the workspace for the right.", e);
        }
        return new UserError(
                problem,
                statusAndText(answer),
                answer.getStatusCode() >= FIRST_OF_SERVER || answer.getStatusCode() == 429
                        ? "The request was repeated for some time. Run the command again later."
                        : "Correct what the workspace reports.",
                e);
    }

    private static String statusAndText(DatabricksError answer) {
        String text = answer.getMessage() == null || answer.getMessage().isBlank()
                ? "no reason given"
                : HostileText.line(UserError.firstLine(answer));
        return "Status " + answer.getStatusCode() + ": " + text;
    }

    private static DatabricksError answer(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof DatabricksError error) {
                return error;
            }
        }
        return null;
    }
}
