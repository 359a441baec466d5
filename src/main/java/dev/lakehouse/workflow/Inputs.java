package dev.lakehouse.workflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lakehouse.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the inputs of a {@code for_each_task}: a JSON array of texts and numbers. */
final class Inputs {
    private static final int MOST_CHARACTERS = 5_000;
    private static final int SHOWN_CHARACTERS = 60;
    private static final JsonFactory JSON = new JsonFactory();

    private Inputs() {}

    /**
     * The inputs, in their order. Numbers keep their text, because 1.10 must not become 1.1.
     *
     * @param text the array, with its references replaced
     * @param place the location of the task, for messages
     */
    static List<String> read(String text, String place) {
        if (text.length() > MOST_CHARACTERS) {
            throw wrong(place, "are too long", "They have " + text.length() + " characters; 5,000 are allowed.");
        }
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw noArray(place, text, null);
            }
            List<String> inputs = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                inputs.add(input(parser, place, inputs.size() + 1));
            }
            if (parser.nextToken() != null) {
                throw noArray(place, text, null);
            }
            return inputs;
        } catch (JsonProcessingException e) {
            throw noArray(place, text, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String input(JsonParser parser, String place, int number) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
            return parser.getText();
        }
        String kind =
                switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    default -> parser.getText();
                };
        throw wrong(place, "are not supported here", "Input " + number + " is " + kind + ", not text or a number.");
    }

    private static UserError noArray(String place, String text, Exception origin) {
        return new UserError(
                place + ": the inputs are not a JSON array.",
                "They are '" + shown(text) + "'.",
                "Write them like [\"customers\", \"orders\"].",
                origin);
    }

    private static UserError wrong(String place, String what, String why) {
        return new UserError(
                place + ": the inputs " + what + ".",
                why,
                "Correct the inputs or the job parameter that they come from; they are like [\"customers\", \"orders\"].");
    }

    /** An input on one line of limited length, for messages. */
    static String shown(String input) {
        String line = input.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
