package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings of the whole deployment that reach further than they look. */
final class BundleAccess {
    private BundleAccess() {}

    /**
     * A prefix for names, which mode development has by itself, is put before the names of schemas as well; tasks and
     * volumes would then look for schemas that are not there.
     */
    static List<String> names(Bundle bundle) {
        List<String> findings = new ArrayList<>(madeTwice(bundle));
        boolean left = Bundle.find(bundle.main(), "experimental", "skip_name_prefix_for_schema")
                .map(YamlNode::textOrNull)
                .filter("true"::equals)
                .isPresent();
        bundle.targets().values().stream()
                .filter(target -> !left && renames(target))
                .forEach(target -> findings.add(target.location()
                        + " renames schemas: experimental.skip_name_prefix_for_schema must be true."));
        return findings;
    }

    private static boolean renames(YamlNode target) {
        return Bundle.find(target, "presets", "name_prefix").isPresent()
                || Bundle.find(target, "mode")
                        .map(YamlNode::textOrNull)
                        .filter("development"::equals)
                        .isPresent();
    }

    /** What two targets make under one name belongs to the one that is deployed first; the other cannot be deployed. */
    private static List<String> madeTwice(Bundle bundle) {
        List<String> findings = new ArrayList<>();
        Map<String, String> makers = new HashMap<>();
        bundle.targets().forEach((name, node) -> {
            BundleTarget target = new BundleTarget(bundle, name);
            Stream.concat(
                            bundle.resources("schemas").stream()
                                    .map(schema -> "schema " + target.text(schema.node(), "catalog_name") + "."
                                            + target.text(schema.node(), "name")),
                            bundle.resources("secret_scopes").stream()
                                    .map(scope -> "secret scope " + target.text(scope.node(), "name")))
                    .forEach(made -> Optional.ofNullable(makers.put(made, name))
                            .ifPresent(other -> findings.add(
                                    node.location() + " makes the " + made + ", and so does " + other + ".")));
        });
        return findings;
    }

    /** Permissions of a whole target hold for its secret scopes too, where even CAN_VIEW lets people read the secrets. */
    static List<String> findings(Bundle bundle) {
        return Stream.concat(Stream.of(bundle.main()), bundle.targets().values().stream())
                .flatMap(scope -> Bundle.items(scope, "permissions").stream())
                .map(permission -> Bundle.find(permission, "level").orElse(permission))
                .filter(level -> !"CAN_MANAGE".equals(level.textOrNull()))
                .map(level -> level.location() + ": " + level.textOrNull()
                        + " would also let them read the secrets; give it in the jobs' own permissions.")
                .toList();
    }
}
