package dev.lakehouse.workflow;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a bundle as they are written. Places are named from the root on: {@code workflows/a.yml, job a, task b}.
 *
 * @param main {@code databricks.yml}
 * @param parts the files that it should include, by their path
 * @param local {@code local.yml}, which it must not include
 */
record Bundle(Path root, YamlNode main, Map<String, YamlNode> parts, YamlNode local) {
    static final String MAIN = "databricks.yml";
    static final String LOCAL = "local.yml";
    private static final List<String> FOLDERS = List.of("resources", "workflows");

    static Bundle read(Path root) {
        Map<String, YamlNode> parts = new LinkedHashMap<>();
        for (String folder : FOLDERS) {
            for (Path file : files(root.resolve(folder))) {
                String path = path(root, file);
                parts.put(path, YamlNode.read(file).as(path));
            }
        }
        return new Bundle(root, read(root, MAIN), parts, read(root, LOCAL));
    }

    private static YamlNode read(Path root, String file) {
        return YamlNode.read(root.resolve(file)).as(file);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String path(Path root, Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    /** What a deployment reads, {@code databricks.yml} first. */
    List<YamlNode> deployed() {
        List<YamlNode> all = new ArrayList<>(List.of(main));
        all.addAll(parts.values());
        return all;
    }

    /** The resources of a kind, such as {@code jobs}. */
    List<Resource> resources(String kind) {
        return deployed().stream()
                .flatMap(file -> entries(file, "resources", kind).entrySet().stream()
                        .map(entry -> new Resource(
                                entry.getKey(),
                                entry.getValue().as(file.place() + ", " + singular(kind) + " " + entry.getKey()))))
                .toList();
    }

    private static String singular(String kind) {
        return kind.replaceFirst("s$", "").replace('_', ' ');
    }

    /** One resource: a job, a schema. */
    record Resource(String key, YamlNode node) {
        /** The tasks that run something: of a for_each_task the one that it repeats. */
        List<YamlNode> tasks() {
            return items(node, "tasks").stream()
                    .map(task -> named(task, node.place()))
                    .map(task -> find(task, "for_each_task", "task")
                            .map(repeated -> named(repeated, task.place()))
                            .orElse(task))
                    .toList();
        }

        private static YamlNode named(YamlNode task, String place) {
            return task.as(place + ", task "
                    + find(task, "task_key").map(YamlNode::textOrNull).orElse("?"));
        }
    }

    /** What each target is named, with its settings. */
    Map<String, YamlNode> targets() {
        return entries(main, "targets");
    }

    /** The variables' declarations by name. */
    Map<String, YamlNode> variables() {
        Map<String, YamlNode> all = new LinkedHashMap<>();
        deployed().forEach(file -> all.putAll(entries(file, "variables")));
        return all;
    }

    static Optional<YamlNode> find(YamlNode node, String... keys) {
        Optional<YamlNode> found = Optional.of(node);
        for (String key : keys) {
            found = found.map(parent -> parent.entriesOrNone().get(key));
        }
        return found;
    }

    static Map<String, YamlNode> entries(YamlNode node, String... keys) {
        return find(node, keys).map(YamlNode::entriesOrNone).orElse(Map.of());
    }

    static List<YamlNode> items(YamlNode node, String... keys) {
        return find(node, keys).filter(YamlNode::isList).map(YamlNode::items).orElse(List.of());
    }

    /** Every single value below a node, each with its place. */
    static Stream<YamlNode> texts(YamlNode node) {
        if (node.isList()) {
            return node.items().stream().flatMap(item -> texts(item.as(node.place() + itemName(item))));
        }
        if (node.textOrNull() != null) {
            return Stream.of(node);
        }
        return node.entriesOrNone().values().stream().flatMap(Bundle::texts);
    }

    private static String itemName(YamlNode item) {
        return find(item, "task_key").map(key -> " " + key.textOrNull()).orElse("");
    }
}
