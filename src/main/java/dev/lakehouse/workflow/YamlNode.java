package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a YAML file with its line. Scalars keep their text, because a parameter {@code 1.10} must not become the
 * number 1.1.
 *
 * @param place the position for messages, such as {@code workflows/a.yml, job a, task b}
 */
record YamlNode(Path file, String place, Node node) {

    /** Reads a file with one document. A duplicate key is refused at any level. */
    static YamlNode read(Path file) {
        String text = text(file);
        Node root;
        try {
            root = new Yaml().compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw unreadable(file, e.getProblem(), e.getProblemMark(), e);
        } catch (YAMLException e) {
            throw unreadable(file, UserError.firstLine(e), null, e);
        }
        if (root == null) {
            throw unreadable(file, "it is empty", null, null);
        }
        refuseRepeatedKeys(file, root, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new YamlNode(file, display(file), root);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UserError(
                    "There is no file " + file + ".",
                    "The command reads this file.",
                    "Correct the path, or create the file.",
                    e);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text", null, e);
        } catch (IOException e) {
            throw unreadable(file, e.getClass().getSimpleName(), null, e);
        }
    }

    /** The last two parts of a path, which are the same on every machine. */
    static String display(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        return absolute.subpath(Math.max(0, names - 2), names).toString();
    }

    private static UserError unreadable(Path file, String why, Mark mark, Exception origin) {
        String where = mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        return new UserError(
                display(file) + " cannot be read" + where + ".",
                "It is not valid YAML: " + why + ".",
                "Correct the file there. Common errors are indentation, quotes and colons.",
                origin);
    }

    private static void refuseRepeatedKeys(Path file, Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> refuseRepeatedKeys(file, item, seen));
        } else if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple tuple : map.getValue()) {
                Node key = tuple.getKeyNode();
                if (!(key instanceof ScalarNode scalar)) {
                    throw unreadable(file, "a key is not plain text", key.getStartMark(), null);
                }
                if (!keys.add(scalar.getValue())) {
                    String why = "the key '" + scalar.getValue() + "' is given twice";
                    throw unreadable(file, why, key.getStartMark(), null);
                }
                refuseRepeatedKeys(file, tuple.getValueNode(), seen);
            }
        }
    }

    /** The same value with another position. */
    YamlNode as(String newPlace) {
        return new YamlNode(file, newPlace, node);
    }

    /** The values of a mapping by key, in the file's order. The position of each is this position and its key. */
    Map<String, YamlNode> entries() {
        if (!(node instanceof MappingNode map)) {
            throw wrong("is not a mapping", "It needs lines of the form 'key: value'.");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            entries.put(key, new YamlNode(file, place + ", " + key, tuple.getValueNode()));
        }
        return entries;
    }

    /** The values of a mapping; empty for other values. For settings that are only printed. */
    Map<String, YamlNode> entriesOrNone() {
        return node instanceof MappingNode ? entries() : Map.of();
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The items of a list. */
    List<YamlNode> items() {
        if (!(node instanceof SequenceNode list)) {
            throw wrong("is not a list", "It needs lines that start with '- '.");
        }
        return list.getValue().stream()
                .map(item -> new YamlNode(file, place, item))
                .toList();
    }

    /** Plain text. */
    String text() {
        if (!(node instanceof ScalarNode scalar) || Tag.NULL.equals(node.getTag())) {
            throw wrong("is not text", "It needs a single value. Empty text is written \"\".");
        }
        return scalar.getValue();
    }

    /** The text of a scalar; null for other values. For settings that are only printed. */
    String textOrNull() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    int wholeNumber(int least) {
        String text = text();
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the value.
        }
        throw wrong("is '" + text + "'", "It must be a whole number of at least " + least + ".");
    }

    /** The value on one line, for settings that are only printed. */
    String asLine() {
        if (node instanceof MappingNode) {
            return entries().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().asLine())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return isList()
                ? items().stream().map(YamlNode::asLine).collect(Collectors.joining(", ", "[", "]"))
                : textOrNull();
    }

    /** Position and line, for messages: {@code workflows/a.yml, job a (line 3)}. */
    String location() {
        return place + " (line " + (node.getStartMark().getLine() + 1) + ")";
    }

    UserError wrong(String what, String expectation) {
        return new UserError(location() + " " + what + ".", expectation, "Correct the file.");
    }
}
