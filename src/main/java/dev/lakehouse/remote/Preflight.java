package dev.lakehouse.remote;

import com.databricks.sdk.service.iam.Group;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.workspace.SecretMetadata;
import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks a workspace for what a deployment needs, in the order in which it is created. Nothing is changed. */
final class Preflight {
    private static final String OF_WORKSPACE = "WorkspaceGroup";

    private final Workspace workspace;
    private final BundleNeeds needs;
    private final ShellCommand cli;
    private final CatalogChecks catalogs;

    Preflight(Workspace workspace, BundleNeeds needs, Optional<String> profile) {
        this.workspace = workspace;
        this.needs = needs;
        this.cli = new ShellCommand(profile);
        this.catalogs = new CatalogChecks(workspace, needs, cli);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.there("user", String.valueOf(workspace.user().getUserName())));
        needs.groups().values().stream().distinct().forEach(name -> findings.add(group(name)));
        needs.catalogs().forEach(name -> findings.addAll(catalogs.catalog(name)));
        needs.locations().forEach(url -> findings.addAll(catalogs.location(url)));
        if (!needs.volume().isEmpty()) {
            findings.add(catalogs.volume(needs.volume()));
        }
        findings.addAll(warehouses());
        needs.secrets().forEach((scope, keys) -> findings.addAll(secrets(scope, keys)));
        return findings;
    }

    /** The result of a check; unknown if the user may not see the object. */
    static Finding orUnknown(String kind, String name, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (UserError e) {
            return Finding.unknown(kind, name, e.problem() + " " + e.cause());
        }
    }

    private Finding group(String name) {
        return orUnknown("group", name, () -> {
            List<Group> found = workspace.list("list its groups", client -> client.groupsV2()
                    .list(new ListGroupsRequest().setFilter("displayName eq \"" + name.replace("\"", "\\\"") + "\"")));
            String create = cli.of("account", "groups", "create", "--display-name", name);
            if (found.isEmpty()) {
                return Finding.missing(
                        "group", name, "No account group of that name is assigned to the workspace.", create);
            }
            boolean ofWorkspace = found.stream()
                    .allMatch(group -> group.getMeta() != null
                            && OF_WORKSPACE.equals(group.getMeta().getResourceType()));
            return ofWorkspace
                    ? Finding.missing(
                            "group", name, "It is a workspace group; grants and masks need an account group.", create)
                    : Finding.there("group", name);
        });
    }

    private List<Finding> warehouses() {
        Set<String> all = Warehouse.all(workspace).stream()
                .map(warehouse -> String.valueOf(warehouse.getName()))
                .collect(Collectors.toSet());
        return needs.warehouses().stream()
                .map(name -> all.contains(name)
                        ? Finding.there("warehouse", name)
                        : Finding.missing("warehouse", name, "A deployment creates it.", deploy()))
                .toList();
    }

    private List<Finding> secrets(String scope, Set<String> keys) {
        List<Finding> findings = new ArrayList<>();
        Optional<Set<String>> there;
        try {
            there = workspace.find("list the keys of the scope " + scope, client -> {
                Set<String> names = new HashSet<>();
                for (SecretMetadata secret : client.secrets().listSecrets(scope)) {
                    names.add(secret.getKey());
                }
                return names;
            });
        } catch (UserError e) {
            return List.of(Finding.unknown("secret scope", scope, e.problem() + " " + e.cause()));
        }
        findings.add(
                there.isPresent()
                        ? Finding.there("secret scope", scope)
                        : Finding.missing("secret scope", scope, "A deployment creates it.", deploy()));
        for (String key : keys) {
            findings.add(
                    there.isPresent() && there.get().contains(key)
                            ? Finding.there("secret", scope + "/" + key)
                            : Finding.missing(
                                    "secret",
                                    scope + "/" + key,
                                    "The command asks for its value.",
                                    cli.of("secrets", "put-secret", scope, key)));
        }
        return findings;
    }

    private String deploy() {
        return cli.of("bundle", "deploy", "--target", needs.target());
    }
}
