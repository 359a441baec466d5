package dev.lakehouse.remote;

import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import dev.lakehouse.UserError;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a workspace answers instead of what it was asked for, in a user's terms. */
final class Refusals {
    private static final int NO_LOGIN = 401;
    private static final int NO_RIGHT = 403;
    private static final int FIRST_OF_SERVER = 500;
    private static final Pattern OF_LOGIN = Pattern.compile(
            "(token|credential)[^.]{0,60}(expired|invalid|not valid)|(expired|invalid)[^.]{0,30}(token|credential)");

    private Refusals() {}

    /** Whether an answer refuses the login itself, as opposed to a right that the login lacks. */
    static boolean isOfLogin(int status, String text) {
        return status == NO_LOGIN
                || (status == NO_RIGHT
                        && text != null
                        && OF_LOGIN.matcher(text.toLowerCase(Locale.ROOT)).find());
    }

    /**
     * The user's error for a failed request.
     *
     * @param request what was asked, as words after "cannot": {@code start the job}
     */
    static UserError explain(String host, String request, DatabricksException e) {
        DatabricksError answer = answer(e);
        String problem = "The workspace " + host + " cannot " + request + ".";
        if (answer == null) {
            return new UserError(
                    problem,
                    HostileText.line(UserError.firstLine(e)),
                    "Check the login: 'databricks auth describe' shows what is in use.",
                    e);
        }
        if (answer.getCause() != null) {
            return new UserError(
                    "The workspace " + host + " cannot be reached, or its answer does not arrive.",
                    answer.getCause().getClass().getSimpleName() + ": "
                            + HostileText.line(UserError.firstLine(answer.getCause())),
                    "Check the address and the network, then give the command again.",
                    e);
        }
        if (isOfLogin(answer.getStatusCode(), answer.getMessage())) {
            return new UserError(
                    "The workspace " + host + " refuses the login.",
                    said(answer),
                    "Log in again by 'databricks auth login --host " + host
                            + "', or renew the token in the profile or in" + " DATABRICKS_TOKEN.",
                    e);
        }
        if (answer.getStatusCode() == NO_RIGHT) {
            return new UserError(problem, said(answer), "Ask an administrator of the workspace for the right.", e);
        }
        return new UserError(
                problem,
                said(answer),
                answer.getStatusCode() >= FIRST_OF_SERVER || answer.getStatusCode() == 429
                        ? "It was tried for a while. Give the command again later."
                        : "Correct what the workspace names.",
                e);
    }

    private static String said(DatabricksError answer) {
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
