package dev.lakehouse.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lakehouse.task.TableSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The text of {@code sources/NAME.yml} with changes of its tables. All other lines stay as they are, byte for byte. A table that
 * is removed takes the comment directly above it along.
 */
final class SourceList {
    private static final JsonMapper SETTINGS = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();

    /** Names that SETTINGS takes for something else than text. */
    private static final Set<String> RESERVED = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private static final int INDENT = 2;

    private final YamlLines file;
    private final YamlLines.Entry list;
    private final List<YamlLines.Entry> tables;
    private final int indent;

    private SourceList(YamlLines file, YamlLines.Entry list) {
        this.file = file;
        this.list = list;
        this.tables = file.entries(list);
        this.indent = tables.isEmpty() ? INDENT : tables.get(0).column();
    }

    /**
     * Reads a text that {@link dev.lakehouse.task.SourceFile} has accepted. Throws a {@link dev.lakehouse.UserError} if it is
     * written in a way that cannot be changed line by line.
     *
     * @param path for messages
     */
    static SourceList parse(String path, String text) {
        YamlLines file = YamlLines.parse(path, text);
        Optional<YamlLines.Entry> list = file.entry("tables");
        return list.isPresent()
                ? new SourceList(file, list.get())
                : parse(path, text + (text.endsWith("\n") ? "" : file.lineEnd()) + "tables:" + file.lineEnd());
    }

    /** Writes the patterns of a line before the list of tables, such as {@code exclude}; without patterns, no line. */
    void patterns(String setting, List<String> patterns) {
        String line = setting + ": " + patterns.stream().map(Json::quoted).collect(Collectors.joining(", ", "[", "]"));
        Optional<YamlLines.Entry> before = file.entry(setting);
        before.ifPresent(file::remove);
        if (!patterns.isEmpty()) {
            file.insert(before.map(YamlLines.Entry::from).orElse(list.from()), 0, Stream.of(line));
        }
    }

    /** Removes the lines of the tables that are not in a set. */
    void retain(Set<String> names) {
        tables.stream().filter(table -> !names.contains(table.name())).forEach(file::removeWithComment);
    }

    /** Writes a table that the list does not have. */
    void add(String table, TableSettings settings) {
        int end = tables.isEmpty()
                ? list.from() + 1
                : tables.get(tables.size() - 1).to();
        file.insert(end, indent, lines(table, settings));
    }

    /** Changes the settings of a table of the list. Lines of settings that do not change, and comments, stay. */
    void change(String table, TableSettings before, TableSettings after) {
        YamlLines.Entry entry = tables.stream()
                .filter(known -> known.name().equals(table))
                .findFirst()
                .orElseThrow();
        if (!entry.isBlock() && !entry.isEmpty()) {
            file.remove(entry);
            file.insert(entry.from(), indent, lines(table, after));
            return;
        }
        List<YamlLines.Entry> settings = entry.isEmpty() ? List.of() : file.entries(entry);
        int column = settings.isEmpty() ? indent + INDENT : settings.get(0).column();
        JsonNode old = SETTINGS.valueToTree(before);
        JsonNode wanted = SETTINGS.valueToTree(after);
        settings.stream()
                .filter(setting -> !wanted.path(setting.name()).equals(old.path(setting.name())))
                .forEach(file::remove);
        wanted.properties().forEach(field -> {
            if (!field.getValue().equals(old.get(field.getKey()))) {
                file.insert(entry.to(), column, Stream.of(line(field.getKey(), field.getValue())));
            }
        });
    }

    private static Stream<String> lines(String table, TableSettings settings) {
        JsonNode all = SETTINGS.valueToTree(settings);
        return Stream.concat(
                Stream.of(text(table) + ":"),
                all.properties().stream()
                        .map(setting -> " ".repeat(INDENT) + line(setting.getKey(), setting.getValue())));
    }

    private static String line(String setting, JsonNode value) {
        return setting + ": " + value(value.isArray() && value.size() == 1 ? value.get(0) : value);
    }

    private static String value(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(SourceList::value)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> text(entry.getKey()) + ": " + value(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.isTextual() ? text(value.textValue()) : value.toString();
    }

    private static String text(String value) {
        boolean isPlain =
                value.matches("[A-Za-z_][A-Za-z0-9_]*") && RESERVED.stream().noneMatch(value::equalsIgnoreCase);
        return isPlain ? value : Json.quoted(value);
    }

    String text() {
        return file.text();
    }
}
