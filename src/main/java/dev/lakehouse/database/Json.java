package dev.lakehouse.database;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text as JSON, in which no reference of a workflow or of a bundle is replaced. */
final class Json {
    private Json() {}

    /** A text in quotes. The signs of references are escaped, so that no part of a name is taken for one. */
    static String text(String value) {
        return "\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(value))
                        .replace("{", "\\u007b")
                        .replace("$", "\\u0024")
                + "\"";
    }
}
