package dev.lakehouse.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Nested values as one map from paths such as {@code tasks[load].timeout_seconds} to texts, so that two of them can be
 * compared and differ in few lines. Items are named by what they are called, else by their number; what is empty is left
 * out, as a workspace does not tell it from what is absent.
 */
final class Flat {
    private static final List<String> NAMES =
            List.of("task_key", "job_cluster_key", "environment_key", "name", "principal", "group_name", "user_name");

    private Flat() {}

    static SortedMap<String, String> of(JsonNode value) {
        SortedMap<String, String> flat = new TreeMap<>();
        add(flat, "", value);
        return flat;
    }

    private static void add(SortedMap<String, String> flat, String path, JsonNode value) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field ->
                            add(flat, path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(flat, path + "[" + name(value.get(i), i) + "]", value.get(i));
            }
        } else if (!value.isNull() && !value.asText().isEmpty()) {
            flat.put(path, value.asText());
        }
    }

    private static String name(JsonNode item, int index) {
        return NAMES.stream()
                .filter(item::has)
                .map(key -> item.get(key).asText())
                .findFirst()
                .orElse(Integer.toString(index));
    }

    /** The values of an object or a list, in a list. */
    static List<JsonNode> values(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false).toList();
    }
}
