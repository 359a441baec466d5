package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a bundle's variables for local runs. A deployment reads them from the bundle; local runs read them from
 * a separate file:
 *
 * <pre>{@code
 * variables:
 *   mysql_url: ${local.mysql_url}
 *   landing: s3a://lakehouse/landing
 * }</pre>
 *
 * <p>{@code ${local.NAME}} is a local value, such as the address of a running server. It is computed only if a workflow
 * uses its variable.
 */
public final class LocalVariables {
    private static final Pattern DOLLAR = Pattern.compile("\\$\\{(.*?)}");

    private final String origin;
    private final Map<String, String> variables;
    private final Map<String, Supplier<String>> defaults;
    private final Map<String, Supplier<String>> local;

    private LocalVariables(
            String origin,
            Map<String, String> variables,
            Map<String, Supplier<String>> defaults,
            Map<String, Supplier<String>> local) {
        this.origin = origin;
        this.variables = Map.copyOf(variables);
        this.defaults = Map.copyOf(defaults);
        this.local = Map.copyOf(local);
    }

    /** Reads the variables of a file. Throws a {@link UserError} if the file is missing or unreadable. */
    public static LocalVariables read(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        AllowedKeys.of(YamlNode.read(file), Set.of("variables"), Set.of())
                .need("variables")
                .entries()
                .forEach((name, value) -> variables.put(name, value.text()));
        return new LocalVariables(YamlNode.display(file), variables, Map.of(), Map.of());
    }

    /** The same variables with local values by name. Each is computed when a workflow first uses it. */
    public LocalVariables with(Map<String, Supplier<String>> facts) {
        Map<String, Supplier<String>> known = new LinkedHashMap<>(local);
        known.putAll(facts);
        return new LocalVariables(origin, variables, defaults, known);
    }

    /** The same with values of variables that the file does not have. Each is computed when a workflow first uses it. */
    public LocalVariables withDefaults(Map<String, Supplier<String>> values) {
        return new LocalVariables(origin, variables, values, local);
    }

    /** Replaces {@code ${var.NAME}} and {@code ${bundle.target}} in a text. Other references are refused. */
    String fill(String text, String place) {
        refuseUnclosed(text, place);
        return replace(text, name -> {
            if ("bundle.target".equals(name)) {
                return "local";
            }
            if (name.startsWith("var.")) {
                return value(name.substring("var.".length()), place);
            }
            throw new UserError(
                    place + ": ${" + name + "} is not supported here.",
                    "Only ${var.NAME} and ${bundle.target} have a value on this machine.",
                    "Use a variable, and give it a value in " + origin + " for local runs.");
        });
    }

    private String value(String name, String place) {
        String value = variables.get(name);
        if (value == null && defaults.containsKey(name)) {
            return defaults.get(name).get();
        }
        if (value == null && name.endsWith("_mysql_url")) {
            String source = name.substring(0, name.length() - "_mysql_url".length());
            throw new UserError(
                    place + ": the variable ${var." + name + "} has no value here.",
                    "The home does not know where the database " + source + " is.",
                    "Run './lakehouse add " + source
                            + " --mysql URL --mysql-user NAME --mysql-password env:NAME' with this home,"
                            + " or add a line '" + name + ": …' under 'variables' in " + origin + ".");
        }
        if (value == null) {
            throw new UserError(
                    place + ": the variable ${var." + name + "} has no value here.",
                    "There is no '" + name + "' among the variables of " + origin + ".",
                    "Add a line '" + name + ": …' under 'variables' there, or correct the name.");
        }
        String at = origin + ", " + name;
        refuseUnclosed(value, at);
        return replace(value, reference -> fact(reference, at, place));
    }

    private String fact(String reference, String at, String user) {
        Supplier<String> fact =
                reference.startsWith("local.") ? local.get(reference.substring("local.".length())) : null;
        if (fact == null) {
            throw new UserError(
                    at + ": ${" + reference + "} has no value.",
                    "It is used by " + user + ". Available in this run are "
                            + (local.isEmpty()
                                    ? "none"
                                    : "${local.…} " + String.join(", ", new TreeSet<>(local.keySet())))
                            + ".",
                    "Use one of these, or give the value itself.");
        }
        return fact.get();
    }

    private static void refuseUnclosed(String text, String place) {
        if (DOLLAR.matcher(text).replaceAll("").contains("${")) {
            throw new UserError(
                    place + ": '" + text + "' has ${ without }.", "A reference is written ${…}.", "Close the braces.");
        }
    }

    private static String replace(String text, Function<String, String> values) {
        return DOLLAR.matcher(text).replaceAll(match -> Matcher.quoteReplacement(values.apply(match.group(1))));
    }
}
