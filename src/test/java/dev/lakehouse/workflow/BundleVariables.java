package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The bundle's variables: what is used is declared, what is declared is explained and used. */
final class BundleVariables {
    private static final Pattern USE = Pattern.compile("\\$\\{var\\.([A-Za-z0-9_-]+)");

    private BundleVariables() {}

    static List<String> findings(Bundle bundle) {
        Map<String, YamlNode> declared = bundle.variables();
        List<String> findings = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        bundle.deployed().stream().flatMap(Bundle::texts).forEach(text -> USE.matcher(text.textOrNull())
                .results()
                .map(match -> match.group(1))
                .peek(used::add)
                .filter(name -> !declared.containsKey(name))
                .forEach(name -> findings.add(
                        text.location() + ": ${var." + name + "} is not declared in " + Bundle.MAIN + ".")));
        findings.addAll(insideText(bundle));
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
        bundle.targets()
                .values()
                .forEach(target -> findings.addAll(unknown(declared, Bundle.entries(target, "variables"))));
        findings.addAll(unknown(declared, Bundle.entries(bundle.local(), "variables")));
        return findings;
    }

    /** Also in a description, which a deployment fills as well. */
    private static List<String> insideText(Bundle bundle) {
        return bundle.deployed().stream()
                .flatMap(Bundle::texts)
                .flatMap(text -> USE.matcher(text.textOrNull())
                        .results()
                        .filter(match -> text.textOrNull().startsWith("}", match.end()))
                        .filter(match -> !text.textOrNull().equals(match.group() + "}"))
                        .map(match -> match.group(1))
                        .filter(name -> Bundle.find(bundle.main(), "variables", name, "type")
                                .isPresent())
                        .map(name -> text.location() + ": ${var." + name
                                + "} is a list or a mapping and cannot stand inside a text."))
                .toList();
    }

    private static List<String> unknown(Map<String, YamlNode> declared, Map<String, YamlNode> given) {
        return given.entrySet().stream()
                .filter(entry -> !declared.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().location() + ": there is no such variable in " + Bundle.MAIN + ".")
                .toList();
    }
}
