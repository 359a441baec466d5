package dev.lakehouse.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.activity.ParsedLine.Widget;
import dev.lakehouse.source.files.JsonObject;
import dev.lakehouse.source.files.StrictJson;
import dev.lakehouse.source.files.WholeNumber;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a line of the input: a JSON object whose values have the types of the columns. Unknown names are ignored.
 * {@link StrictJson} reads only NaN and infinities as doubles, and has already reported them.
 */
final class LineParser {
    /** The only column that may be NaN. */
    private static final Set<String> MAY_BE_NAN = Set.of("user_score");

    private final ObjectNode fields;
    private final List<String> reasons;
    private boolean revenueWasRounded;

    private LineParser(JsonObject json) {
        this.fields = json.fields();
        this.reasons = new ArrayList<>(json.faults());
    }

    /** Reads a line. If it cannot be accepted, the result has all reasons. */
    static ParsedLine parse(String line) {
        JsonObject json = StrictJson.read(line, MAY_BE_NAN);
        return json.faults().contains(StrictJson.NOT_AN_OBJECT)
                ? ParsedLine.bad(StrictJson.NOT_AN_OBJECT)
                : new LineParser(json).result();
    }

    private ParsedLine result() {
        String id = required("id");
        String createdAt = required("created_at");
        Long instant = createdAt == null ? null : Instants.micros(createdAt);
        if (createdAt != null && instant == null) {
            reasons.add("created_at is not an ISO instant");
        }
        String email = text("email", fields.get("email"));
        Integer ageGroup = whole("age_group");
        Double userScore = score();
        BigDecimal revenue = money("revenue");
        List<Widget> widgets = list("widget_list");
        String location = text("location", fields.get("location"));
        return new ParsedLine(
                reasons, id, email, ageGroup, userScore, revenue, revenueWasRounded, widgets, location, instant);
    }

    /** The text; null, with its reason, if it is missing or blank. */
    private String required(String name) {
        int before = reasons.size();
        String text = text(name, fields.get(name));
        if (text != null && !text.isBlank()) {
            return text;
        }
        if (reasons.size() == before) {
            reasons.add("no " + name);
        }
        return null;
    }

    private String text(String name, JsonNode value) {
        if (isNull(value)) {
            return null;
        }
        if (!value.isTextual()) {
            note(name + " is not a text");
            return null;
        }
        return value.textValue();
    }

    private Integer whole(String name) {
        JsonNode value = fields.get(name);
        if (isNull(value) || value.isDouble()) {
            return null;
        }
        if (!value.isNumber()) {
            note(name + " is not " + "a whole number");
            return null;
        }
        WholeNumber number = WholeNumber.of(value.decimalValue(), WholeNumber.Type.INT);
        number.fault().ifPresent(fault -> note(name + " " + fault));
        return number.value().map(Long::intValue).orElse(null);
    }

    /** Some tools write NaN as a number, others as a text. */
    private Double score() {
        JsonNode value = fields.get("user_score");
        boolean isNaN = !isNull(value)
                && (value.isTextual() ? value.textValue().equals("NaN") : Double.isNaN(value.doubleValue()));
        return isNaN ? Double.valueOf(Double.NaN) : number("user_score", value);
    }

    private Double number(String name, JsonNode value) {
        if (isNull(value) || value.isDouble()) {
            return null;
        }
        if (!value.isNumber() || Double.isInfinite(value.doubleValue())) {
            note(name + " is not " + "a number");
            return null;
        }
        return value.doubleValue();
    }

    private BigDecimal money(String name) {
        JsonNode value = fields.get(name);
        if (isNull(value) || value.isDouble()) {
            return null;
        }
        if (!value.isNumber()) {
            note(name + " is not " + "a number");
            return null;
        }
        Money money = Money.of(value.decimalValue());
        if (money == null) {
            note(name + " is not " + "an amount below 10^16");
            return null;
        }
        revenueWasRounded = money.wasRounded();
        return money.amount();
    }

    private List<Widget> list(String name) {
        JsonNode value = fields.get(name);
        if (isNull(value)) {
            return null;
        }
        if (!value.isArray()) {
            note(name + " is not " + "a list");
            return null;
        }
        List<Widget> list = new ArrayList<>();
        value.forEach(element -> list.add(widget(name, element)));
        return list;
    }

    private Widget widget(String list, JsonNode value) {
        if (isNull(value)) {
            return null;
        }
        if (!value.isObject()) {
            note(list + " is not " + "a list of widgets");
            return null;
        }
        return new Widget(text("widget name", value.get("name")), number("widget amount", value.get("amount")));
    }

    private static boolean isNull(JsonNode value) {
        return value == null || value.isNull();
    }

    private void note(String reason) {
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
    }
}
