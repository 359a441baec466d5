package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.sample.orders.OrderMessage.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The ways in which a message is no order. */
enum MalformedMessage {
    NOT_JSON {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return utf8(
                    random.pick(List.of("order follows by mail", "<order/>", "[]", "42", "null", "\"order\"", "{")));
        }
    },
    TRUNCATED {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return utf8(order.substring(0, 1 + random.below(order.length() - 1)));
        }
    },
    WRONG_TYPE {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return utf8(
                    switch (random.below(5)) {
                        case 0 -> order.replaceFirst("\"customer_id\":\"[^\"]*\"", "\"customer_id\":{\"id\":7}");
                        case 1 -> order.replaceFirst("\"amount\":[0-9.]+", "\"amount\":\"a lot\"");
                        case 2 -> order.replaceFirst("(\"order_lines?\"):\\[.*\\]", "$1:\"none\"");
                        case 3 -> order.replaceFirst("\"volume\":[0-9.]+", "\"volume\":\"many\"");
                        default -> order.replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":[2026,1,1]");
                    });
        }
    },
    MISSING {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return utf8(
                    switch (random.below(4)) {
                        case 0 -> order.replaceFirst("\"order_id\":\"[^\"]*\",", "");
                        case 1 -> order.replaceFirst("\"customer_id\":\"[^\"]*\",", "");
                        case 2 -> order.replaceFirst("\"amount\":[0-9.]+,", "");
                        default -> order.replaceFirst(",\"timestamp\":\"[^\"]*\"", "");
                    });
        }
    },
    NULL {
        @Override
        byte[] apply(String order, SeededRandom random) {
            String name = random.pick(List.of("order_id", "customer_id", "amount", "timestamp"));
            return utf8(order.replaceFirst("\"" + name + "\":(\"[^\"]*\"|[0-9.]+)", "\"" + name + "\":null"));
        }
    },
    NO_UUID {
        @Override
        byte[] apply(String order, SeededRandom random) {
            String text = random.pick(List.of("", "4711", "not-a-uuid", "123e4567-e89b-12d3-a456-42661417400g"));
            return utf8(order.replaceFirst("\"order_id\":\"[^\"]*\"", "\"order_id\":\"" + text + "\""));
        }
    },
    NO_TIME {
        @Override
        byte[] apply(String order, SeededRandom random) {
            String text = random.pick(List.of("", "yesterday", "2026-02-30T12:00:00Z", "2026-13-01T00:00:00Z"));
            return utf8(order.replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"" + text + "\""));
        }
    },
    EMPTY {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return utf8(random.below(2) == 0 ? "" : " ");
        }
    },
    TOMBSTONE {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return null;
        }
    },
    NO_UTF_8 {
        @Override
        byte[] apply(String order, SeededRandom random) {
            return order.replaceFirst("\\{", "{\"note\":\"caf\u00e9\",").getBytes(StandardCharsets.ISO_8859_1);
        }
    };

    private static final List<MalformedMessage> ALL = Arrays.asList(values());

    /** The value made of an order's JSON. */
    abstract byte[] apply(String order, SeededRandom random);

    /** A message like that of an order; half of them claim to be that order, the others one that never comes. */
    static OrderMessage message(GeneratedOrder order, SeededRandom random) {
        UUID id = random.below(2) == 0 ? order.id() : OrderGenerator.id(random);
        GeneratedOrder pretended =
                new GeneratedOrder(id, order.customer(), order.lines(), order.excess(), order.time(), order.style());
        MalformedMessage damage = random.pick(ALL);
        return new OrderMessage(Kind.MALFORMED, id.toString(), damage.apply(pretended.json(), random));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
