package dev.lakehouse.database;

import dev.lakehouse.UserError;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The lines of a YAML file, of which some are removed and some are added. All others stay as they are. */
final class YamlLines {
    private final String path;
    private final String text;
    private final List<String> lines;
    private final BitSet removed = new BitSet();
    private final TreeMap<Integer, String> inserted = new TreeMap<>();
    private final List<Entry> top;

    /**
     * An entry of a mapping.
     *
     * @param from the number of its first line, from 0
     * @param to the number of the line after its last one, without blank lines and comments that follow it
     * @param column where its name begins
     */
    record Entry(String name, int from, int to, int column, Node value) {

        /** Whether there is nothing after its name. */
        boolean isEmpty() {
            return value instanceof ScalarNode scalar
                    && scalar.isPlain()
                    && scalar.getValue().isEmpty();
        }

        /** Whether it is a mapping with its entries on lines of their own. */
        boolean isBlock() {
            return value instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK;
        }
    }

    private YamlLines(String path, String text) {
        this.path = path;
        this.text = text;
        this.lines = List.of(text.split("(?<=\n)"));
        Node root;
        try {
            root = new Yaml().compose(new StringReader(text));
        } catch (YAMLException e) {
            throw new UserError(path + " cannot be changed.", "It is not valid YAML.", "Correct the file.", e);
        }
        int end = root == null ? lines.size() : lineAt(root.getEndMark().getIndex() - 1) + 1;
        this.top = root instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK
                ? entries(mapping, end)
                : List.of();
        if (top.isEmpty()) {
            throw refused(0);
        }
    }

    /** @param path for messages */
    static YamlLines parse(String path, String text) {
        return new YamlLines(path, text);
    }

    /** The line ends of the file. */
    String lineEnd() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** An entry that is not within another one. */
    Optional<Entry> entry(String name) {
        return top.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The entries of an entry. Throws a {@link UserError} if they are not on lines of their own. */
    List<Entry> entries(Entry parent) {
        if (parent.isEmpty()) {
            return List.of();
        }
        if (!parent.isBlock()) {
            throw refused(parent.from());
        }
        return entries((MappingNode) parent.value(), parent.to());
    }

    private List<Entry> entries(MappingNode mapping, int end) {
        List<Integer> starts = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int index = tuple.getKeyNode().getStartMark().getIndex();
            int line = lineAt(index);
            String before = text.substring(startOf(line), text.offsetByCodePoints(0, index));
            if (!before.matches("\uFEFF?\\s*(\\?\\s+)?")) {
                throw refused(line);
            }
            starts.add(line);
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            NodeTuple tuple = mapping.getValue().get(i);
            int column = mapping.getStartMark().getColumn();
            int to = i + 1 < starts.size() ? starts.get(i + 1) : end;
            while (to > starts.get(i) + 1 && isGap(lines.get(to - 1), column)) {
                to--;
            }
            entries.add(new Entry(
                    ((ScalarNode) tuple.getKeyNode()).getValue(), starts.get(i), to, column, tuple.getValueNode()));
        }
        return entries;
    }

    /** Whether a line belongs to none of the entries of a column: it is blank, or a comment that is not within them. */
    private static boolean isGap(String line, int column) {
        return line.isBlank() || (line.strip().startsWith("#") && indent(line) <= column);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private int lineAt(int codePoint) {
        String before = text.substring(0, text.offsetByCodePoints(0, Math.max(0, codePoint)));
        return (int) before.chars().filter(character -> character == '\n').count();
    }

    private int startOf(int line) {
        return lines.subList(0, line).stream().mapToInt(String::length).sum();
    }

    void remove(Entry entry) {
        removed.set(entry.from(), entry.to());
    }

    /** Removes an entry and the comment directly above it. */
    void removeWithComment(Entry entry) {
        int from = entry.from();
        while (from > 0
                && lines.get(from - 1).strip().startsWith("#")
                && indent(lines.get(from - 1)) == entry.column()) {
            from--;
        }
        removed.set(from, entry.to());
    }

    /** Inserts lines before a line. */
    void insert(int line, int indent, Stream<String> added) {
        inserted.merge(
                line,
                added.map(content -> " ".repeat(indent) + content + lineEnd()).collect(Collectors.joining()),
                String::concat);
    }

    /** The text with all changes. */
    String text() {
        StringBuilder changed = new StringBuilder();
        for (int i = 0; i <= lines.size(); i++) {
            String more = inserted.getOrDefault(i, "");
            if (!more.isEmpty() && !changed.isEmpty() && changed.charAt(changed.length() - 1) != '\n') {
                changed.append(lineEnd());
            }
            changed.append(more);
            if (i < lines.size() && !removed.get(i)) {
                changed.append(lines.get(i));
            }
        }
        return changed.toString();
    }

    private UserError refused(int line) {
        return new UserError(
                path + " cannot be changed at line " + (line + 1) + ".",
                "Tables and settings are added and removed as lines, and there are several of them in one line, or braces.",
                "Write 'tables:' on a line of its own, and each table below it on its own line, such as '  customers:'.");
    }
}
