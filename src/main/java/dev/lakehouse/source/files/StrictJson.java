package dev.lakehouse.source.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads one JSON object from a text and refuses ambiguous JSON. Spark's {@code from_json} ignores text after the
 * object, uses the first or the last of two equal names, and replaces a lone surrogate by a question mark. Each of
 * these stores a value that the producer did not write.
 */
public final class StrictJson {
    /** The fault of a text that is not exactly one JSON object. */
    public static final String NOT_AN_OBJECT = "not a JSON object";

    private static final int LONGEST_SHOWN = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            // Allowed by the parser, so that the fault can name the field.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // Names come from outside, so their number is not limited.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // The length of a text is limited when lines are read.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser json;
    private final Set<String> mayBeNaN;
    private final List<String> faults = new ArrayList<>();

    private StrictJson(JsonParser json, Set<String> mayBeNaN) {
        this.json = json;
        this.mayBeNaN = mayBeNaN;
    }

    /** Reads a text. NaN is a fault. */
    public static JsonObject read(String text) {
        return read(text, Set.of());
    }

    /**
     * Reads a text.
     *
     * @param mayBeNaN names of fields that may be the literal {@code NaN}, which is not JSON but is what some tools
     *     write
     */
    public static JsonObject read(String text, Set<String> mayBeNaN) {
        try (JsonParser json = JSON.createParser(text)) {
            StrictJson reader = new StrictJson(json, mayBeNaN);
            return reader.read();
        } catch (IOException e) {
            return notAnObject();
        }
    }

    private JsonObject read() throws IOException {
        try {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return notAnObject();
            }
            ObjectNode object = object("");
            return json.nextToken() == null ? new JsonObject(object, List.copyOf(faults)) : notAnObject();
        } catch (StreamConstraintsException e) {
            // The parser cannot continue, so it is unknown whether the rest is JSON.
            return new JsonObject(
                    NODES.objectNode(),
                    List.of("JSON that is nested more than 1,000 levels deep, or has a number of more than 1,000 digits"
                            + " or a name of more than 50,000 characters"));
        }
    }

    private static JsonObject notAnObject() {
        return new JsonObject(NODES.objectNode(), List.of(NOT_AN_OBJECT));
    }

    private ObjectNode object(String path) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            String place = path.isEmpty() ? name : path + "." + name;
            if (hasLoneSurrogate(name)) {
                fault(place, "has a lone surrogate in its name");
            }
            json.nextToken();
            JsonNode value = value(place);
            if (object.has(name)) {
                fault(place, "is there twice");
            }
            object.set(name, value);
        }
        return object;
    }

    private ArrayNode array(String path) throws IOException {
        ArrayNode array = NODES.arrayNode();
        String place = path + "[]";
        while (json.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(place));
        }
        return array;
    }

    private JsonNode value(String path) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> string(path);
            case VALUE_NUMBER_INT -> NODES.numberNode(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> number(path);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private JsonNode string(String path) throws IOException {
        String text = json.getText();
        if (hasLoneSurrogate(text)) {
            fault(path, "holds a lone surrogate");
        }
        return NODES.textNode(text);
    }

    private JsonNode number(String path) throws IOException {
        if (json.isNaN()) {
            double value = json.getDoubleValue();
            if (!Double.isNaN(value) || !mayBeNaN.contains(path)) {
                fault(path, "is not a number");
            }
            return NODES.numberNode(value);
        }
        try {
            return NODES.numberNode(json.getDecimalValue());
        } catch (NumberFormatException e) {
            // An exponent of more than ten digits.
            fault(path, "is a number beyond any type");
            return NODES.nullNode();
        }
    }

    private void fault(String path, String what) {
        String shown = path.length() <= LONGEST_SHOWN ? path : path.substring(0, LONGEST_SHOWN) + "…";
        String fault = shown.replaceAll("\\p{Cs}", "\uFFFD") + " " + what;
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /** UTF-8 cannot encode half of a surrogate pair, so two different texts would be stored as equal texts. */
    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
