package dev.lakehouse.task;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The file of a MySQL database, {@code sources/NAME.yml}: its tables, and for each the settings that differ from the
 * defaults. It is packed into the jar; on a laptop, where {@value #FOLDER} names its folder, it is read from there.
 *
 * <pre>{@code
 * schema: shop
 * tables:
 *   customers:
 *   orders:
 *     partition: order_year=year(ordered_at)
 *   events:
 *     key: "*"
 * }</pre>
 *
 * @param schema the schema of the Delta tables
 * @param include patterns of the names of the tables that are listed, such as {@code cust*}; empty for all
 * @param exclude patterns of tables that are not listed
 * @param tables the settings by the name of the table in MySQL, in the file's order
 */
public record SourceFile(String schema, List<String> include, List<String> exclude, Map<String, TableSettings> tables) {
    /** The system property that names the folder of these files on a laptop. */
    static final String FOLDER = "lakehouse.sources";

    /** In the file, in its tables, in a table. */
    private static final int DEPTH_OF_SETTINGS = 3;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    public SourceFile {
        include = include == null ? List.of() : List.copyOf(include);
        exclude = exclude == null ? List.of() : List.copyOf(exclude);
        Map<String, TableSettings> settings = new LinkedHashMap<>();
        if (tables != null) {
            tables.forEach((name, given) -> settings.put(name, given == null ? TableSettings.NONE : given));
        }
        tables = Collections.unmodifiableMap(settings);
    }

    /**
     * Reads a file such as {@code sources/shop.yml}. Throws a {@link UserError} if the file is missing or invalid.
     */
    public static SourceFile read(String path) {
        if (!path.matches("sources/[A-Za-z0-9_-]+\\.yml")) {
            throw new UserError(
                    "'" + path + "' is not a file of settings.",
                    "The settings of the tables of a database are in sources/NAME.yml.",
                    "Give --settings=sources/NAME.yml.");
        }
        String text = text(path)
                .orElseThrow(() -> new UserError(
                        "There is no file " + path + ".",
                        "The build has no such file; './lakehouse add NAME' writes it.",
                        "Add the file and build again, or correct --settings."));
        return parse(path, text);
    }

    /**
     * Reads the text of such a file.
     *
     * @param path for messages
     */
    public static SourceFile parse(String path, String text) {
        try {
            refuseAmbiguity(path, text);
            SourceFile file = YAML.readValue(text, SourceFile.class);
            if (file == null || file.schema == null) {
                throw unreadable(path, "", "it has no 'schema'", null);
            }
            file.check(path);
            return file;
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(", "));
            throw unreadable(
                    path, at(text, e), "there is no setting '" + e.getPropertyName() + "'; settings are " + known, e);
        } catch (JsonProcessingException e) {
            boolean isRepeated = UserError.firstLine(e).startsWith("Duplicate field");
            throw unreadable(
                    path,
                    at(text, e),
                    isRepeated
                            ? "the name there is a second time in the file; a table, and a setting of a table, is there once"
                            : "the text there is not YAML of the form of this file",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jackson would take the name of an alias for its value, and a 'skip' without a reason for none. */
    private static void refuseAmbiguity(String path, String text) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token == JsonToken.START_OBJECT ? 1 : token == JsonToken.END_OBJECT ? -1 : 0;
                String where = at(parser.currentTokenLocation());
                if (parser.isCurrentAlias()) {
                    String reference = "*" + parser.getText();
                    throw unreadable(
                            path, where, "there is a reference (" + reference + "), which is not supported", null);
                }
                if (depth == DEPTH_OF_SETTINGS
                        && token == JsonToken.VALUE_NULL
                        && "skip".equals(parser.currentName())) {
                    throw unreadable(
                            path, where, "'skip' has no value; it is the reason why a table is not copied", null);
                }
            }
        }
    }

    private void check(String path) {
        if (!schema.matches("[A-Za-z0-9_]+")) {
            throw unreadable(path, "", "the schema '" + schema + "' is not of letters, digits and underscores", null);
        }
        Map<String, String> targets = new HashMap<>();
        tables.forEach((name, settings) -> {
            if (settings.skip() != null && settings.skip().isBlank()) {
                throw unreadable(path, "", "the 'skip' of table '" + name + "' gives no reason", null);
            }
            String target = settings.target(name).toLowerCase(Locale.ROOT);
            String other = settings.isCopied() ? targets.put(target, name) : null;
            if (other != null) {
                throw unreadable(
                        path,
                        "",
                        "tables '" + other + "' and '" + name + "' have the same Delta table, " + target
                                + "; a 'target' gives one of them another",
                        null);
            }
        });
    }

    /** Jackson says where it was when it found a mistake, which may be behind it. */
    private static String at(String text, JsonProcessingException e) {
        List<String> names = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .takeWhile(Objects::nonNull)
                        .toList()
                : List.of();
        try {
            return at(names.isEmpty() ? e.getLocation() : place(text, names).orElse(e.getLocation()));
        } catch (IOException unreadable) {
            return at(e.getLocation());
        }
    }

    private static Optional<JsonLocation> place(String text, List<String> names) throws IOException {
        List<String> here = new ArrayList<>();
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> here.add("");
                    case END_OBJECT -> here.remove(here.size() - 1);
                    case FIELD_NAME -> here.set(here.size() - 1, parser.currentName());
                    default -> {}
                }
                if (here.equals(names)) {
                    return Optional.of(parser.currentTokenLocation());
                }
            }
        }
        return Optional.empty();
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static UserError unreadable(String path, String where, String why, Exception origin) {
        return new UserError(
                path + " cannot be read" + where + ".",
                why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1) + ".",
                "Correct the file there. Text that begins with * or another sign is written in quotes, such as \"*\".",
                origin);
    }

    /** The settings of a table. Throws a {@link UserError} if the file does not list it. */
    TableSettings table(String path, String name) {
        return Optional.ofNullable(tables.get(name))
                .orElseThrow(() -> new UserError(
                        path + " has no table '" + name + "'.",
                        "It lists the tables that are copied, with their settings.",
                        "Run './lakehouse add' again, which adds new tables, or correct the name."));
    }

    private static Optional<String> text(String path) {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            String file = folder + path.substring(path.lastIndexOf('/'));
            FileStore files = FileStore.of(file);
            return files.exists(file) ? Optional.of(files.text(file)) : Optional.empty();
        }
        try (InputStream in = SourceFile.class.getResourceAsStream("/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
