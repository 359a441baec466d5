package dev.lakehouse.sample.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message as a strict reader without Spark understands it; a number may be a string.
 *
 * @param lines what its lines sum up to
 */
record ParsedOrder(UUID id, String customer, BigDecimal amount, BigDecimal lines, Instant time) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** Empty where a message is no order. */
    static Optional<ParsedOrder> of(byte[] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            return Optional.of(read(JSON.readTree(text)));
        } catch (CharacterCodingException | JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean hasWrongAmount() {
        return amount.compareTo(lines) != 0;
    }

    private static ParsedOrder read(JsonNode order) {
        String id = text(order, "order_id");
        if (!UUID_FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(id);
        }
        JsonNode lines = order.path(order.has("order_lines") ? "order_lines" : "order_line");
        if (!lines.isArray()) {
            throw new IllegalArgumentException(lines.toString());
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : lines) {
            text(line, "product_id");
            sum = sum.add(number(line, "volume").multiply(number(line, "price")));
        }
        return new ParsedOrder(
                UUID.fromString(id),
                text(order, "customer_id"),
                number(order, "amount"),
                sum,
                time(text(order, "timestamp")));
    }

    private static String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new IllegalArgumentException(name + ": " + value);
        }
        return value.textValue();
    }

    private static BigDecimal number(JsonNode of, String name) {
        JsonNode value = of.path(name);
        return value.isNumber() ? value.decimalValue() : new BigDecimal(text(of, name));
    }

    private static Instant time(String text) {
        return text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
