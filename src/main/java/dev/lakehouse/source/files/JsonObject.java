package dev.lakehouse.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of {@link StrictJson} for a text.
 *
 * @param fields the object; empty if the text is not one
 * @param faults all faults of the text; empty if it is valid
 */
public record JsonObject(ObjectNode fields, List<String> faults) {

    /** The values as text by name: a string unchanged, a number or a structure as JSON, NULL for null. */
    public Map<String, String> texts() {
        return texts(fields);
    }

    /** The values of any object as text by name. */
    public static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), text(field.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
