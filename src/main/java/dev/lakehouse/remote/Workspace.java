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

/** A connection to a workspace. Its errors are user's errors. */
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
     * The workspace that the Databricks CLI would reach from here.
     *
     * @param profile the profile of {@code ~/.databrickscfg}; empty: as the environment says
     * @param notes takes a line where an answer is waited for
     */
    public static Workspace connect(Optional<String> profile, Consumer<String> notes) {
        Supplier<DatabricksConfig> settings = () -> {
            DatabricksConfig config = new DatabricksConfig();
            profile.ifPresent(config::setProfile);
            return config;
        };
        return connect(settings, Patience.USUAL, notes);
    }

    /** The same by other settings. */
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
                throw noWorkspace("No workspace is named in the environment or in a profile.", null);
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
                "Log in by 'databricks auth login --host https://WORKSPACE-URL', name a profile with --profile, or set"
                        + " DATABRICKS_HOST and DATABRICKS_TOKEN.",
                origin);
    }

    /** The workspace's address. */
    public String host() {
        return host;
    }

    Patience patience() {
        return patience;
    }

    /**
     * Asks the workspace.
     *
     * @param request what for, as words after "cannot"
     */
    <T> T ask(String request, Function<WorkspaceClient, T> question) {
        try {
            return question.apply(client);
        } catch (DatabricksException e) {
            throw Refusals.explain(host, request, e);
        }
    }

    /** Asks for a list, all pages of it. */
    <T> List<T> list(String request, Function<WorkspaceClient, Iterable<T>> question) {
        return ask(request, workspace -> {
            List<T> all = new ArrayList<>();
            question.apply(workspace).forEach(all::add);
            return all;
        });
    }

    /** Asks for something that may not be there. */
    <T> Optional<T> find(String request, Function<WorkspaceClient, T> question) {
        return ask(request, workspace -> {
            try {
                return Optional.of(question.apply(workspace));
            } catch (NotFound e) {
                return Optional.empty();
            }
        });
    }

    /** Who is logged in. */
    User user() {
        if (user == null) {
            user = ask(
                    "say who is logged in", workspace -> workspace.currentUser().me(new MeRequest()));
        }
        return user;
    }

    /** What a development target puts before the names of what the user deploys, as the CLI makes it. */
    String developmentPrefix() {
        String name = String.valueOf(user().getUserName());
        if (SERVICE_PRINCIPAL.matcher(name).matches() && user().getDisplayName() != null) {
            name = user().getDisplayName();
        }
        String local = name.replaceFirst("(?s)@.*", "").toLowerCase(Locale.ROOT);
        return "[dev " + local.replaceAll("[^\\p{L}\\p{Nd}]+", "_").replaceAll("^_|_$", "") + "] ";
    }
}
