package dev.lakehouse.remote;

import com.databricks.sdk.core.CredentialsProvider;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.DefaultCredentialsProvider;
import com.databricks.sdk.core.HeaderFactory;
import java.util.Map;
import java.util.function.Supplier;

/** The CLI's login methods. The login can be renewed when the workspace refuses it. */
final class RenewableLogin implements CredentialsProvider {
    private final Supplier<DatabricksConfig> settings;
    private String kind = "";
    private volatile HeaderFactory headers;

    /**
     * A login.
     *
     * @param settings supplies the current settings, unresolved; profiles and tokens are read again each time
     */
    RenewableLogin(Supplier<DatabricksConfig> settings) {
        this.settings = settings;
    }

    @Override
    public String authType() {
        return kind;
    }

    @Override
    public HeaderFactory configure(DatabricksConfig config) {
        headers = configured(config);
        return headers == null ? null : () -> headers.headers();
    }

    private HeaderFactory configured(DatabricksConfig config) {
        DefaultCredentialsProvider provider = new DefaultCredentialsProvider();
        HeaderFactory configured = provider.configure(config);
        kind = provider.authType();
        return configured;
    }

    /** The headers of a new login; empty if no login works. */
    Map<String, String> renewed() {
        try {
            HeaderFactory fresh = configured(settings.get().resolve());
            if (fresh == null) {
                return Map.of();
            }
            Map<String, String> made = fresh.headers();
            headers = fresh;
            return made;
        } catch (DatabricksException e) {
            return Map.of();
        }
    }
}
