package dev.lakehouse.activity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.lakehouse.activity.ParsedLine.Widget;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a line of the input. Spark's {@code from_json} would not do: it takes what follows the object for nothing, the
 * last of two equal names for the truth, and does not say which value is wrong. Names that are not known are passed over.
 */
final class LineParser {
    static final String NO_OBJECT = "not a JSON object";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<String> reasons = new ArrayList<>();
    private String id;
    private String email;
    private Integer ageGroup;
    private Double userScore;
    private BigDecimal revenue;
    private boolean revenueWasRounded;
    private List<Widget> widgets;
    private String location;
    private String createdAt;

    private LineParser() {}

    /** Reads a line; every reason for which it cannot be accepted is in the result. */
    static ParsedLine parse(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            LineParser parser = new LineParser();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return ParsedLine.bad(NO_OBJECT);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                parser.take(name, json);
            }
            return json.nextToken() == null ? parser.result() : ParsedLine.bad(NO_OBJECT);
        } catch (IOException e) {
            return ParsedLine.bad(NO_OBJECT);
        }
    }

    private void take(String name, JsonParser json) throws IOException {
        switch (name) {
            case "id" -> id = text(name, json);
            case "email" -> email = text(name, json);
            case "location" -> location = text(name, json);
            case "created_at" -> createdAt = text(name, json);
            case "age_group" -> ageGroup = whole(name, json);
            case "user_score" -> userScore = number(name, json);
            case "revenue" -> revenue = money(name, json);
            case "widget_list" -> widgets = list(name, json);
            default -> json.skipChildren();
        }
    }

    private ParsedLine result() {
        if (id == null || id.isBlank()) {
            unlessWrong("id", "no id");
        }
        Long instant = null;
        if (createdAt == null || createdAt.isBlank()) {
            unlessWrong("created_at", "no created_at");
        } else {
            instant = Instants.micros(createdAt);
            if (instant == null) {
                reasons.add("created_at is not an ISO instant");
            }
        }
        return new ParsedLine(
                reasons, id, email, ageGroup, userScore, revenue, revenueWasRounded, widgets, location, instant);
    }

    private void unlessWrong(String name, String reason) {
        if (!reasons.contains(wrong(name, "a text"))) {
            reasons.add(reason);
        }
    }

    private String text(String name, JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        wrongUnlessNull(name, "a text", json);
        return null;
    }

    /** A number without a fraction, also as 2.0: tools that keep whole numbers with gaps write them so. */
    private Integer whole(String name, JsonParser json) throws IOException {
        if (json.currentToken().isNumeric() && !json.isNaN()) {
            BigDecimal value = decimal(json);
            if (value != null && Money.magnitude(value) <= 10 && Money.magnitude(value) >= 0) {
                try {
                    return value.intValueExact();
                } catch (ArithmeticException e) {
                    note(name, "a whole number");
                    return null;
                }
            }
            note(name, "a whole number");
            return null;
        }
        wrongUnlessNull(name, "a whole number", json);
        return null;
    }

    /** The number as it is written; null where its exponent is beyond what BigDecimal has. */
    private static BigDecimal decimal(JsonParser json) throws IOException {
        try {
            return json.getDecimalValue();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private Double number(String name, JsonParser json) throws IOException {
        if (json.currentToken().isNumeric()) {
            double value = json.getDoubleValue();
            if (!Double.isInfinite(value)) {
                return value;
            }
            note(name, "a number");
            return null;
        }
        if (json.currentToken() == JsonToken.VALUE_STRING && json.getText().equals("NaN")) {
            return Double.NaN;
        }
        wrongUnlessNull(name, "a number", json);
        return null;
    }

    private BigDecimal money(String name, JsonParser json) throws IOException {
        if (json.currentToken().isNumeric() && !json.isNaN()) {
            BigDecimal exact = decimal(json);
            Money money = exact == null ? null : Money.of(exact);
            if (money == null) {
                note(name, "an amount below 10^16");
                return null;
            }
            revenueWasRounded = money.wasRounded();
            return money.amount();
        }
        wrongUnlessNull(name, "a number", json);
        return null;
    }

    private List<Widget> list(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            wrongUnlessNull(name, "a list", json);
            return null;
        }
        List<Widget> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(widget(name, json));
        }
        return list;
    }

    private Widget widget(String list, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            wrongUnlessNull(list, "a list of widgets", json);
            return null;
        }
        String name = null;
        Double amount = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = text("widget name", json);
                case "amount" -> amount = number("widget amount", json);
                default -> json.skipChildren();
            }
        }
        return new Widget(name, amount);
    }

    private void wrongUnlessNull(String name, String wanted, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            json.skipChildren();
            note(name, wanted);
        }
    }

    private void note(String name, String wanted) {
        String reason = wrong(name, wanted);
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    private static String wrong(String name, String wanted) {
        return name + " is not " + wanted;
    }
}
