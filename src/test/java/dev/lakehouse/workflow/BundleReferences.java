package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * References that a run fills in, in double braces. Those in the parameters of tasks and jobs, and in the inputs of a
 * for_each_task, are the local runner's to check: it knows the same ones.
 */
final class BundleReferences {
    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}");

    private BundleReferences() {}

    static List<String> findings(Bundle bundle) {
        return BundleTarget.inEach(bundle, BundleReferences::dynamic);
    }

    /** References in double braces outside of parameters: only a cluster's environment has any, for secrets. */
    private static List<String> dynamic(BundleTarget target) {
        Set<String> scopes = target.bundle().resources("secret_scopes").stream()
                .map(scope -> target.text(scope.node(), "name"))
                .collect(Collectors.toSet());
        List<String> findings = new ArrayList<>();
        target.bundle().deployed().stream().flatMap(Bundle::texts).forEach(text -> {
            if (!text.place().contains(", parameters") && !text.place().endsWith(", for_each_task, inputs")) {
                BRACES.matcher(text.textOrNull())
                        .results()
                        .map(match -> target.filled(match.group(1)))
                        .flatMap(name -> wrong(text, name, scopes))
                        .forEach(findings::add);
            }
        });
        return findings;
    }

    private static Stream<String> wrong(YamlNode text, String name, Set<String> scopes) {
        if (!name.startsWith("secrets/") || !text.place().matches(".*, spark_(env_vars|conf), .*")) {
            return Stream.of(text.location() + ": {{" + name + "}} is not replaced here.");
        }
        String[] part = name.split("/", -1);
        return part.length == 3 && scopes.contains(part[1])
                ? Stream.empty()
                : Stream.of(text.location() + ": the secret {{" + name + "}} is in none of the bundle's scopes "
                        + scopes + ".");
    }
}
