package dev.lakehouse.remote;

import com.databricks.sdk.service.catalog.ExternalLocationInfo;
import com.databricks.sdk.service.catalog.GetGrantRequest;
import com.databricks.sdk.service.catalog.GetPermissionsResponse;
import com.databricks.sdk.service.catalog.ListExternalLocationsRequest;
import com.databricks.sdk.service.catalog.ListStorageCredentialsRequest;
import com.databricks.sdk.service.catalog.PrivilegeAssignment;
import com.databricks.sdk.service.catalog.StorageCredentialInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the objects that must exist in Unity Catalog, and the rights on them. */
record CatalogChecks(Workspace workspace, BundleNeeds needs, ShellCommand cli) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVERYBODY = "account users";
    private static final String ALL = "ALL_PRIVILEGES";

    /** A catalogue, and every group's rights on it. */
    List<Finding> catalog(String name) {
        List<Finding> findings = new ArrayList<>();
        Finding catalog = Preflight.orUnknown("catalog", name, () -> workspace
                .find("show the catalogue " + name, client -> client.catalogs().get(name))
                .map(found -> Finding.there("catalog", name))
                .orElseGet(() -> Finding.missing(
                        "catalog",
                        name,
                        "It does not exist, or you may not see it.",
                        cli.of("catalogs", "create", name))));
        findings.add(catalog);
        needs.groups()
                .forEach((variable, group) -> findings.add(right(
                        "catalog",
                        name,
                        catalog.state() != Finding.State.MISSING,
                        group,
                        variable.equals(BundleNeeds.ENGINEERS)
                                ? List.of("USE_CATALOG", "CREATE_SCHEMA")
                                : List.of("USE_CATALOG"))));
        return findings;
    }

    /** An external location for a folder, and the right to create a volume on it. */
    List<Finding> location(String url) {
        Optional<String> covering;
        try {
            covering = workspace
                    .list("list its external locations", client -> client.externalLocations()
                            .list(new ListExternalLocationsRequest()))
                    .stream()
                    .filter(location -> covers(String.valueOf(location.getUrl()), url))
                    .map(ExternalLocationInfo::getName)
                    .findFirst();
        } catch (UserError e) {
            return List.of(Finding.unknown("external location", url, e.problem() + " " + e.cause()));
        }
        String name = covering.orElse(needs.bundle() + "-landing");
        List<Finding> findings = new ArrayList<>();
        findings.add(
                covering.isPresent()
                        ? Finding.there("external location", name + " covers " + url)
                        : Finding.missing(
                                "external location",
                                url,
                                "None that you can see covers it.",
                                cli.of("external-locations", "create", name, url, credential())));
        Optional.ofNullable(needs.groups().get(BundleNeeds.ENGINEERS))
                .ifPresent(group -> findings.add(right(
                        "external-location", name, covering.isPresent(), group, List.of("CREATE_EXTERNAL_VOLUME"))));
        return findings;
    }

    static boolean covers(String location, String folder) {
        String prefix = location.endsWith("/") ? location : location + "/";
        return (folder + "/").startsWith(prefix);
    }

    /** The only storage credential, or else a placeholder for the user's choice. */
    private String credential() {
        List<StorageCredentialInfo> all;
        try {
            all = workspace.list("list its storage credentials", client -> client.storageCredentials()
                    .list(new ListStorageCredentialsRequest()));
        } catch (UserError e) {
            // A user who may not list credentials must know one.
            return "YOUR-CREDENTIAL";
        }
        return all.size() == 1 ? all.get(0).getName() : "YOUR-CREDENTIAL";
    }

    /** The volume of the jar. */
    Finding volume(List<String> parts) {
        String name = String.join(".", parts);
        return Preflight.orUnknown("volume", name, () -> workspace
                .find("show the volume " + name, client -> client.volumes().read(name))
                .map(found -> Finding.there("volume", name))
                .orElseGet(() -> Finding.missing(
                        "volume",
                        name,
                        "The jar is uploaded to it.",
                        cli.of("volumes", "create", parts.get(0), parts.get(1), parts.get(2), "MANAGED"))));
    }

    private Finding right(String kind, String on, boolean exists, String group, List<String> privileges) {
        String name = String.join(", ", privileges) + " on " + kind + " " + on + " for " + group;
        return Preflight.orUnknown("right", name, () -> {
            Set<String> missing = new TreeSet<>(privileges);
            if (exists) {
                Set<String> granted = granted(kind, on, group);
                missing.removeIf(privilege -> granted.contains(privilege) || granted.contains(ALL));
            }
            return missing.isEmpty()
                    ? Finding.there("right", name)
                    : Finding.missing(
                            "right", name, "", cli.of("grants", "update", kind, on, "--json", change(group, missing)));
        });
    }

    private Set<String> granted(String kind, String on, String group) {
        return workspace.ask("show the rights on the " + kind + " " + on, client -> {
            Set<String> granted = new HashSet<>();
            GetGrantRequest request =
                    new GetGrantRequest().setSecurableType(kind).setFullName(on);
            String next;
            do {
                GetPermissionsResponse page = client.grants().get(request);
                if (page.getPrivilegeAssignments() != null) {
                    page.getPrivilegeAssignments().forEach(assignment -> addIfMeant(assignment, group, granted));
                }
                next = page.getNextPageToken();
                request.setPageToken(next);
            } while (next != null && !next.isEmpty());
            return granted;
        });
    }

    private static void addIfMeant(PrivilegeAssignment assignment, String group, Set<String> granted) {
        boolean meant = group.equals(assignment.getPrincipal()) || EVERYBODY.equals(assignment.getPrincipal());
        if (meant && assignment.getPrivileges() != null) {
            assignment.getPrivileges().forEach(privilege -> granted.add(String.valueOf(privilege)));
        }
    }

    private static String change(String group, Set<String> privileges) {
        ObjectNode changes = JSON.createObjectNode();
        ObjectNode change = changes.putArray("changes").addObject().put("principal", group);
        privileges.forEach(change.putArray("add")::add);
        return changes.toString();
    }
}
