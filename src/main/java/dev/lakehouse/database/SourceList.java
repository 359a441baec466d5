package dev.lakehouse.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lakehouse.task.TableSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text of {@code sources/NAME.yml}: what stands before the list of tables, and the lines of each table. Comments, and the
 * lines of tables that do not change, are kept as they are.
 */
final class SourceList {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private static final String INDENT = "  ";

    private String head;
    private final Map<String, String> tables = new LinkedHashMap<>();

    private SourceList(String head) {
        this.head = head;
    }

    /** Reads a text that {@link dev.lakehouse.task.SourceFile} has accepted. */
    static SourceList parse(String text) {
        List<String> lines = text.lines().toList();
        int start = lines.indexOf("tables:") + 1;
        if (start == 0) {
            throw new IllegalArgumentException("The list of tables has no line 'tables:' of its own");
        }
        SourceList list = new SourceList(joined(lines.subList(0, start)));
        List<String> block = new ArrayList<>();
        for (String line : lines.subList(start, lines.size())) {
            boolean isName = line.startsWith(INDENT) && line.length() > 2 && " #-".indexOf(line.charAt(2)) < 0;
            if (isName && block.stream().anyMatch(SourceList::isContent)) {
                list.add(block);
                block.clear();
            }
            block.add(line);
        }
        if (!block.isEmpty()) {
            list.add(block);
        }
        return list;
    }

    private static boolean isContent(String line) {
        return !line.isBlank() && !line.strip().startsWith("#");
    }

    private static String joined(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private void add(List<String> block) {
        String text = joined(block);
        try {
            Map<?, ?> read = YAML.readValue(text, Map.class);
            String name = read == null || read.isEmpty()
                    ? ""
                    : String.valueOf(read.keySet().iterator().next());
            tables.merge(name, text, String::concat);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The block of a table is not YAML", e);
        }
    }

    /** Writes the patterns of a line before the list of tables, such as {@code exclude}; without patterns, no line. */
    void patterns(String setting, List<String> patterns) {
        String others = head.replaceAll("(?m)^" + setting + ":.*\n", "");
        String line = patterns.isEmpty()
                ? ""
                : setting + ": " + patterns.stream().map(Json::text).collect(Collectors.joining(", ", "[", "]")) + "\n";
        head = others.substring(0, others.length() - "tables:\n".length()) + line + "tables:\n";
    }

    /** Removes the lines of the tables that are not in a set. */
    void retain(Set<String> names) {
        tables.keySet().removeIf(name -> !name.isEmpty() && !names.contains(name));
    }

    /** Writes the lines of a table, in place of those that there are. */
    void put(String table, TableSettings settings) {
        try {
            String text = YAML.writeValueAsString(Map.of(table, settings));
            if (text.startsWith("? ")) { // a name with a line break, which would not be the first thing in its line
                text = Json.text(table)
                        + YAML.writeValueAsString(Map.of("x", settings)).substring(1);
            }
            tables.put(table, text.lines().map(line -> INDENT + line + "\n").collect(Collectors.joining()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        return head + String.join("", tables.values());
    }
}
