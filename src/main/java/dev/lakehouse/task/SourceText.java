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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The text of a {@link SourceFile}. Whatever is wrong in it is a {@link UserError} that names the place.
 *
 * @param path of the file, for messages
 */
record SourceText(String path, String text) {
    /** In the file, in its tables, in a table. */
    private static final int DEPTH_OF_SETTINGS = 3;

    private static final Set<JsonToken> IN_PLACE_OF_TEXT =
            EnumSet.of(JsonToken.VALUE_NULL, JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    SourceFile parse() {
        try {
            refuseAmbiguity();
            SourceFile file = YAML.readValue(text, SourceFile.class);
            if (file == null || file.schema() == null) {
                throw mistake("It has no 'schema'.");
            }
            return file;
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .collect(Collectors.joining(", "));
            throw mistake(
                    place(e), "There is no setting '" + e.getPropertyName() + "'; settings are " + known + ".", e);
        } catch (JsonProcessingException e) {
            boolean isRepeated = UserError.firstLine(e).startsWith("Duplicate field");
            throw mistake(
                    place(e),
                    isRepeated
                            ? "The name there is a second time in the file; a table, and a setting of a table, is there once."
                            : "The text there is not YAML of the form of this file.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jackson would take the name of an alias for its value, a 'skip' without a reason for none, and false for a reason. */
    private void refuseAmbiguity() throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token == JsonToken.START_OBJECT ? 1 : token == JsonToken.END_OBJECT ? -1 : 0;
                JsonLocation place = parser.currentTokenLocation();
                if (parser.isCurrentAlias()) {
                    String reference = "*" + parser.getText();
                    throw mistake(place, "There is a reference (" + reference + "), which is not supported.", null);
                }
                if (depth == DEPTH_OF_SETTINGS
                        && "skip".equals(parser.currentName())
                        && IN_PLACE_OF_TEXT.contains(token)) {
                    throw mistake(
                            place, "'skip' is the text of a reason why a table is not copied, not a switch.", null);
                }
                if (depth == DEPTH_OF_SETTINGS
                        && token == JsonToken.VALUE_NULL
                        && "invalid_dates".equals(parser.currentName())) {
                    throw mistake(
                            place, "'invalid_dates' has no value; the policy is written in quotes, \"null\".", null);
                }
            }
        }
    }

    /** Jackson says where it was when it found a mistake, which may be behind it. */
    private JsonLocation place(JsonProcessingException e) {
        List<String> names = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .takeWhile(Objects::nonNull)
                        .toList()
                : List.of();
        try {
            return names.isEmpty() ? e.getLocation() : place(names).orElse(e.getLocation());
        } catch (IOException unreadable) {
            return e.getLocation();
        }
    }

    private Optional<JsonLocation> place(List<String> names) throws IOException {
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

    /** The error for a mistake of the file as a whole. */
    UserError mistake(String cause) {
        return mistake(null, cause, null);
    }

    private UserError mistake(JsonLocation place, String cause, Exception origin) {
        String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return new UserError(
                path + " cannot be read" + where + ".",
                cause,
                "Correct the file there. Text that begins with * or another sign is written in quotes, such as \"*\".",
                origin);
    }
}
