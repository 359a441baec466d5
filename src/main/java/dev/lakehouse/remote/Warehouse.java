package dev.lakehouse.remote;

import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import dev.lakehouse.UserError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SQL warehouse of a bundle: the one named {@code BUNDLE-TARGET}, behind what a target puts before names. */
final class Warehouse {
    private Warehouse() {}

    /**
     * Its id.
     *
     * @param target the bundle's target; empty: whichever is deployed
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
                    all.isEmpty() ? "You may use none there." : "You may use " + names(all) + ".",
                    "Deploy the bundle by 'databricks bundle deploy', or give one's id with --warehouse-id.");
        }
        throw new UserError(
                "More than one SQL warehouse is named '" + wanted + "'.",
                "There are " + names(found) + ".",
                "Name the target with --target, or give one's id with --warehouse-id.");
    }

    /** All that the user may use. */
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
