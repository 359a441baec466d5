package dev.lakehouse.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a target makes of a bundle's files: variables are replaced by what they stand for in it. */
record BundleTarget(Bundle bundle, String name) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(var|bundle)\\.([^${}]+)}");
    private static final int DEEPEST = 20;

    /** What is wrong in one target or more, each finding once, with the targets where it is not wrong in all. */
    static List<String> inEach(Bundle bundle, Function<BundleTarget, List<String>> check) {
        Map<String, List<String>> targetsByFinding = new LinkedHashMap<>();
        for (String target : bundle.targets().keySet()) {
            check.apply(new BundleTarget(bundle, target)).stream().distinct().forEach(finding -> targetsByFinding
                    .computeIfAbsent(finding, key -> new ArrayList<>())
                    .add(target));
        }
        return targetsByFinding.entrySet().stream()
                .map(entry -> entry.getValue().size() == bundle.targets().size()
                        ? entry.getKey()
                        : entry.getKey() + " [target " + String.join(", ", entry.getValue()) + "]")
                .toList();
    }

    /** The value of a node: a map, a list or a text. */
    Object value(YamlNode node) {
        return value(node, 0);
    }

    Object value(YamlNode node, String... keys) {
        return Bundle.find(node, keys).map(this::value).orElse("");
    }

    /** The value of a node that is a text. */
    String text(YamlNode node, String... keys) {
        return String.valueOf(value(node, keys));
    }

    /** A text with its variables replaced. */
    String filled(String text) {
        return String.valueOf(filled(text, 0));
    }

    /** The items of a list, none of anything else. */
    List<?> list(YamlNode node, String... keys) {
        return value(node, keys) instanceof List<?> list ? list : List.of();
    }

    private Object value(YamlNode node, int depth) {
        if (node.isList()) {
            return node.items().stream().map(item -> value(item, depth)).toList();
        }
        if (node.textOrNull() == null) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.entriesOrNone().forEach((key, value) -> map.put(key, value(value, depth)));
            return map;
        }
        return filled(node.textOrNull(), depth);
    }

    /** A text that is one reference stands for whatever that is; others have texts put into them. */
    private Object filled(String text, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("References go round in a circle: " + text);
        }
        Matcher whole = REFERENCE.matcher(text);
        if (whole.matches()) {
            return referred(whole, depth);
        }
        String filled = REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(referred(match, depth))));
        // A reference may hold another one, which was filled in first.
        return filled.equals(text) ? text : filled(filled, depth + 1);
    }

    private Object referred(MatchResult match, int depth) {
        String path = match.group(2);
        if ("bundle".equals(match.group(1))) {
            return "target".equals(path)
                    ? name
                    : Bundle.find(bundle.main(), "bundle", path)
                            .map(YamlNode::text)
                            .orElse("");
        }
        String[] keys = path.split("\\.", -1);
        Object value = variable(keys[0]).map(node -> value(node, depth + 1)).orElse("<" + keys[0] + ">");
        for (int i = 1; i < keys.length; i++) {
            value = value instanceof Map<?, ?> map ? map.get(keys[i]) : null;
        }
        return value == null ? "" : value;
    }

    private Optional<YamlNode> variable(String variable) {
        return Bundle.find(bundle.main(), "targets", name, "variables", variable)
                .map(value -> Bundle.find(value, "default").orElse(value))
                .or(() -> Optional.ofNullable(bundle.variables().get(variable))
                        .flatMap(declaration -> Bundle.find(declaration, "default")));
    }
}
