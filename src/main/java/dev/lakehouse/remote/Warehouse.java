package dev.lakehouse.remote;

import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import dev.lakehouse.UserError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SQL warehouse of a bundle: its name is {@code BUNDLE-TARGET} with the target's prefix. */
final class Warehouse {
    private Warehouse() {}

    /**
     * Its id.
     *
     * @param target the bundle's target; empty for the deployed one
     */
    static String find(Workspace workspace, String bundle, Optional<String> target) {
        List<EndpointInfo> all = all(workspace);
        String own = workspace.developmentPrefix();
        List<EndpointInfo> found = all.stream()
                .filter(warehouse -> !DeployedJob.isOfAnotherDeveloper(name(warehouse), own))
                .filter(warehouse -> target.map(
                                name -> DeployedJob.plain(name(warehouse)).equals(bundle + "-" + name))
                        .orElseGet(() -> DeployedJob.plain(name(warehouse)).startsWith(bundle + "-")))
                .toList();
        if (found.size() == 1) {
            return found.get(0).getId();
        }
        String wanted = bundle + "-" + target.orElse("TARGET");
        if (found.isEmpty()) {
            throw new UserError(
                    "There is no SQL warehouse '" + wanted + "' in the workspace " + workspace.host() + ".",
                    all.isEmpty() ? "You may not use any warehouse there." : "You may use " + names(all) + ".",
                    "Deploy the bundle with 'databricks bundle deploy', or give the id of a warehouse with"
                            + " --warehouse-id.");
        }
        throw new UserError(
                "More than one SQL warehouse is named '" + wanted + "'.",
                "There are " + names(found) + ".",
                "Give the target with --target, or the id of a warehouse with --warehouse-id.");
    }

    /** All warehouses that the user may use. */
    static List<EndpointInfo> all(Workspace workspace) {
        return workspace.list(
                "list its SQL warehouses", client -> client.warehouses().list(new ListWarehousesRequest()));
    }

    private static String name(EndpointInfo warehouse) {
        return String.valueOf(warehouse.getName());
    }

    private static String names(List<EndpointInfo> warehouses) {
        return warehouses.stream()
                .map(warehouse -> "'" + HostileText.line(name(warehouse)) + "' (" + warehouse.getId() + ")")
                .collect(Collectors.joining(", "));
    }
}
