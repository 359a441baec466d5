package dev.lakehouse.sample.orders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.sample.orders.OrderMessage.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The kinds of messages that are not orders. */
enum MalformedMessage {
    NOT_JSON((order, random) ->
            random.pick(List.of("order follows by mail", "<order/>", "[]", "42", "null", "\"order\"", "{"))),
    TRUNCATED((order, random) -> order.substring(0, 1 + random.below(order.length() - 1))),
    WRONG_TYPE((order, random) -> switch (random.below(5)) {
        case 0 -> order.replaceFirst("\"customer_id\":\"[^\"]*\"", "\"customer_id\":{\"id\":7}");
        case 1 -> order.replaceFirst("\"amount\":[0-9.]+", "\"amount\":\"a lot\"");
        case 2 -> order.replaceFirst("(\"order_lines?\"):\\[.*\\]", "$1:\"none\"");
        case 3 -> order.replaceFirst("\"volume\":[0-9.]+", "\"volume\":\"many\"");
        default -> order.replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":[2026,1,1]");
    }),
    MISSING((order, random) -> switch (random.below(4)) {
        case 0 -> order.replaceFirst("\"order_id\":\"[^\"]*\",", "");
        case 1 -> order.replaceFirst("\"customer_id\":\"[^\"]*\",", "");
        case 2 -> order.replaceFirst("\"amount\":[0-9.]+,", "");
        default -> order.replaceFirst(",\"timestamp\":\"[^\"]*\"", "");
    }),
    NULL((order, random) -> {
        String name = random.pick(List.of("order_id", "customer_id", "amount", "timestamp"));
        return order.replaceFirst("\"" + name + "\":(\"[^\"]*\"|[0-9.]+)", "\"" + name + "\":null");
    }),
    NO_UUID((order, random) -> {
        String text = random.pick(List.of("", "4711", "not-a-uuid", "123e4567-e89b-12d3-a456-42661417400g"));
        return order.replaceFirst("\"order_id\":\"[^\"]*\"", "\"order_id\":\"" + text + "\"");
    }),
    NO_TIME((order, random) -> {
        String text = random.pick(List.of("", "yesterday", "2026-02-30T12:00:00Z", "2026-13-01T00:00:00Z"));
        return order.replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"" + text + "\"");
    }),
    EMPTY((order, random) -> random.below(2) == 0 ? "" : " "),
    TOMBSTONE((order, random) -> null),
    NO_UTF_8((order, random) -> order.replaceFirst("\\{", "{\"note\":\"café\","));

    /** Returns the damaged text of an order's JSON; null for no value. */
    private interface Damage {
        String of(String order, SeededRandom random);
    }

    private static final List<MalformedMessage> ALL = Arrays.asList(values());

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final Damage damage;

    MalformedMessage(Damage damage) {
        this.damage = damage;
    }

    /** A damaged copy of an order's message. Half of them have the order's id, the others an unused one. */
    static OrderMessage message(GeneratedOrder order, SeededRandom random) {
        UUID id = random.below(2) == 0 ? order.id() : OrderGenerator.id(random);
        GeneratedOrder pretended =
                new GeneratedOrder(id, order.customer(), order.lines(), order.excess(), order.time(), order.style());
        MalformedMessage kind = random.pick(ALL);
        return new OrderMessage(Kind.MALFORMED, id.toString(), kind.apply(pretended.json(), random));
    }

    /** The damaged value of an order's JSON. */
    byte[] apply(String order, SeededRandom random) {
        String text = damage.of(order, random);
        return text == null ? null : text.getBytes(this == NO_UTF_8 ? ISO_8859_1 : UTF_8);
    }
}
