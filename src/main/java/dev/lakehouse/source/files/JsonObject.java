package dev.lakehouse.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link StrictJson} found in a text.
 *
 * @param fields the object; empty where the text is not one
 * @param faults every reason for which the text cannot be trusted; empty where it can
 */
public record JsonObject(ObjectNode fields, List<String> faults) {

    /** Values as text by name: a string as it is, a number or a structure as JSON, NULL for null. */
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
