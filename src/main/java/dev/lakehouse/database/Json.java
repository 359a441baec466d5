package dev.lakehouse.database;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text as JSON, which is YAML as well. */
final class Json {
    private Json() {}

    /** A text in quotes. What cannot be seen is escaped, because YAML refuses some of it and takes some for line breaks. */
    static String quoted(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value))
                .codePoints()
                .mapToObj(character -> isVisible(character)
                        ? Character.toString(character)
                        : String.format(Locale.ROOT, "\\u%04x", character))
                .collect(Collectors.joining("", "\"", "\""));
    }

    /** The same without the signs of references, so that neither a workflow nor a bundle takes a part of it for one. */
    static String withoutReferences(String value) {
        return quoted(value).replace("{", "\\u007b").replace("$", "\\u0024");
    }

    /** A name for people: as it is, or quoted if it has characters that cannot be seen. */
    static String shown(String name) {
        return name.codePoints().allMatch(Json::isVisible) ? name : quoted(name);
    }

    private static boolean isVisible(int character) {
        return character == ' '
                || switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> character > 0xffff;
                    default -> true;
                };
    }
}
