package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.orders.ProductGenerator.Product;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A generated order.
 *
 * @param excess difference in cents between its amount and the sum of its lines
 */
record GeneratedOrder(UUID id, String customer, List<Line> lines, long excess, Instant time, Style style) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
    private static final ZoneOffset SUMMER = ZoneOffset.ofHours(2);

    /** A quantity of a product in tenths of its unit, which avoids floating point. */
    record Line(Product product, int tenths) {
        long cents() {
            return (long) tenths * product.cents() / ProductGenerator.TENTHS;
        }

        Line times(BigDecimal factor) {
            int step = product.isDivisible() ? 1 : ProductGenerator.TENTHS;
            int steps = factor.multiply(BigDecimal.valueOf(tenths / step))
                    .setScale(0, RoundingMode.HALF_UP)
                    .intValueExact();
            return new Line(product, Math.max(1, steps) * step);
        }
    }

    /** The format of the message. */
    record Style(Zone zone, String lines) {
        static final Style USUAL = new Style(Zone.UTC, "order_lines");

        /** The format of the time's zone. */
        enum Zone {
            UTC,
            OFFSET,
            NONE
        }
    }

    long cents() {
        return cents(lines) + excess;
    }

    static long cents(List<Line> lines) {
        return lines.stream().mapToLong(Line::cents).sum();
    }

    /** The value of its message. */
    byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }

    String json() {
        StringBuilder json = new StringBuilder(300).append("{\"order_id\":\"").append(id);
        json.append("\",\"customer_id\":\"").append(customer);
        json.append("\",\"").append(style.lines()).append("\":[");
        for (int i = 0; i < lines.size(); i++) {
            append(lines.get(i), i == 0 ? "" : ",", json);
        }
        json.append("],\"amount\":");
        appendDecimal(cents(), 100, json);
        return json.append(",\"timestamp\":\"").append(timeText()).append("\"}").toString();
    }

    private static void append(Line line, String separator, StringBuilder json) {
        json.append(separator)
                .append("{\"product_id\":\"")
                .append(line.product().id());
        json.append("\",\"volume\":");
        appendDecimal(line.tenths(), ProductGenerator.TENTHS, json);
        json.append(",\"price\":");
        appendDecimal(line.product().cents(), 100, json);
        json.append('}');
    }

    /** Appends whole numbers without a decimal point, others with all decimals of the unit. */
    private static void appendDecimal(long value, int unit, StringBuilder json) {
        json.append(value / unit);
        if (value % unit != 0) {
            String behind = Long.toString(unit + value % unit);
            json.append('.').append(behind, 1, behind.length());
        }
    }

    private String timeText() {
        return switch (style.zone()) {
            case UTC -> TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
            case OFFSET -> TIME.format(time.atOffset(SUMMER)) + "+02:00";
            case NONE -> TIME.format(time.atOffset(ZoneOffset.UTC));
        };
    }
}
