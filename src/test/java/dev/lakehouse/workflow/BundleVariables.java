package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The bundle's variables: what is declared is explained and used, what a laptop gives is declared. */
final class BundleVariables {
    private static final Pattern USE = Pattern.compile("\\$\\{var\\.([A-Za-z0-9_-]+)");

    private BundleVariables() {}

    static List<String> findings(Bundle bundle) {
        Map<String, YamlNode> declared = bundle.variables();
        List<String> findings = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        bundle.deployed().stream()
                .flatMap(Bundle::texts)
                .forEach(text -> USE.matcher(text.textOrNull()).results().forEach(match -> used.add(match.group(1))));
        declared.forEach((name, declaration) -> {
            if (!used.contains(name)) {
                findings.add(declaration.location() + ": nothing uses this variable.");
            }
            if (Bundle.find(declaration, "description")
                    .map(YamlNode::textOrNull)
                    .orElse("")
                    .isBlank()) {
                findings.add(declaration.location() + ": this variable has no description.");
            }
        });
        findings.addAll(unknown(declared, Bundle.entries(bundle.local(), "variables")));
        return findings;
    }

    private static List<String> unknown(Map<String, YamlNode> declared, Map<String, YamlNode> given) {
        return given.entrySet().stream()
                .filter(entry -> !declared.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().location() + ": there is no such variable in " + Bundle.MAIN + ".")
                .toList();
    }
}
