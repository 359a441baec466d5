package dev.lakehouse.remote;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.commons.CommonsHttpClient;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.iam.User;
import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A connection to a workspace. Its errors are {@link UserError}s. */
public final class Workspace {
    private static final int ANSWER_SECONDS = 60;
    private static final Pattern SERVICE_PRINCIPAL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final WorkspaceClient client;
    private final String host;
    private final Patience patience;
    private User user;

    private Workspace(WorkspaceClient client, String host, Patience patience) {
        this.client = client;
        this.host = host;
        this.patience = patience;
    }

    /**
     * The workspace that the Databricks CLI would use.
     *
     * @param profile the profile of {@code ~/.databrickscfg}; empty to use the environment
     * @param notes receives a line when a request is repeated
     */
    public static Workspace connect(Optional<String> profile, Consumer<String> notes) {
        Supplier<DatabricksConfig> settings = () -> {
            DatabricksConfig config = new DatabricksConfig();
            profile.ifPresent(config::setProfile);
            return config;
        };
        return connect(settings, Patience.USUAL, notes);
    }

    /** The same with other settings. */
    static Workspace connect(Supplier<DatabricksConfig> settings, Patience patience, Consumer<String> notes) {
        RenewableLogin login = new RenewableLogin(settings);
        DatabricksConfig config = settings.get();
        try {
            config.setHttpTimeoutSeconds(ANSWER_SECONDS)
                    .setDisableRetries(true)
                    .setDebugHeaders(false)
                    .setCredentialsProvider(login)
                    .setHttpClient(new PatientHttp(
                            new CommonsHttpClient.Builder()
                                    .withTimeoutSeconds(ANSWER_SECONDS)
                                    .build(),
                            login,
                            patience,
                            notes));
            config.resolve();
            if (config.getHost() == null) {
                throw noWorkspace("Neither the environment nor a profile names a workspace.", null);
            }
            config.authenticate();
            return new Workspace(new WorkspaceClient(config), config.getHost(), patience);
        } catch (DatabricksException e) {
            throw noWorkspace(HostileText.line(UserError.firstLine(e)), e);
        }
    }

    private static UserError noWorkspace(String why, Exception origin) {
        return new UserError(
                "There is no login to a Databricks workspace.",
                why,
                "Log in with 'databricks auth login --host https://WORKSPACE-URL', give a profile with --profile, or"
                        + " set DATABRICKS_HOST and DATABRICKS_TOKEN.",
                origin);
    }

    /** The workspace's address. */
    public String host() {
        return host;
    }

    Patience patience() {
        return patience;
    }

    /** Sends a request.
     *
     * @param request the purpose as words after "cannot"
     */
    <T> T ask(String request, Function<WorkspaceClient, T> question) {
        try {
            return question.apply(client);
        } catch (DatabricksException e) {
            throw Refusals.explain(host, request, e);
        }
    }

    /** Requests all pages of a list. */
    <T> List<T> list(String request, Function<WorkspaceClient, Iterable<T>> question) {
        return ask(request, workspace -> {
            List<T> all = new ArrayList<>();
            question.apply(workspace).forEach(all::add);
            return all;
        });
    }

    /** Requests an object that may not exist. */
    <T> Optional<T> find(String request, Function<WorkspaceClient, T> question) {
        return ask(request, workspace -> {
            try {
                return Optional.of(question.apply(workspace));
            } catch (NotFound e) {
                return Optional.empty();
            }
        });
    }

    /** The current user. */
    User user() {
        if (user == null) {
            user = ask(
                    "show the current user",
                    workspace -> workspace.currentUser().me(new MeRequest()));
        }
        return user;
    }

    /** The prefix of names in the user's development target, as the CLI builds it. */
    String developmentPrefix() {
        String name = String.valueOf(user().getUserName());
        if (SERVICE_PRINCIPAL.matcher(name).matches() && user().getDisplayName() != null) {
            name = user().getDisplayName();
        }
        String local = name.replaceFirst("(?s)@.*", "").toLowerCase(Locale.ROOT);
        return "[dev " + local.replaceAll("[^\\p{L}\\p{Nd}]+", "_").replaceAll("^_|_$", "") + "] ";
    }
}
