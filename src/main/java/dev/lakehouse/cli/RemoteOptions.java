package dev.lakehouse.cli;

import dev.lakehouse.remote.BundleFile;
import dev.lakehouse.remote.Workspace;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command on a workspace. */
final class RemoteOptions {
    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "A profile of ~/.databrickscfg (default: the Databricks CLI's choice, including"
                    + " DATABRICKS_CONFIG_PROFILE, DATABRICKS_HOST and DATABRICKS_TOKEN)")
    private String profile;

    @Option(
            names = "--target",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description =
                    "A target of the bundle, such as dev (default: the one that is deployed; for check, the bundle's)")
    private String target;

    Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    Optional<String> target() {
        return Optional.ofNullable(target);
    }

    Workspace workspace() {
        return Workspace.connect(profile(), Terminal::sayAside);
    }

    String bundle() {
        return BundleFile.name(LocalEnvironment.project("databricks.yml"));
    }
}
