package dev.lakehouse.sample.orders;

import dev.lakehouse.Percentage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans that tests share, and what comes of them. */
final class OrderPlans {
    static final Instant AS_OF = Instant.parse("2026-03-31T12:34:56.789Z");

    static final OrderFaults FAULTS =
            new OrderFaults(chance("3%"), chance("2%"), chance("1%"), chance("1%"), chance("1%"));

    /** Three industries whose change stands out. */
    static final Map<String, BigDecimal> SHIFTS = Map.of(
            "Food", new BigDecimal("3.0"),
            "Polymer", new BigDecimal("0.25"),
            "Oil&Gas", new BigDecimal("2"));

    private OrderPlans() {}

    static Chance chance(String share) {
        return Chance.of(Percentage.parse(share));
    }

    static List<OrderMessage> messages(OrderPlan plan) {
        List<OrderMessage> messages = new ArrayList<>();
        OrderGenerator.of(plan).deliver(messages::add);
        return messages;
    }

    static List<byte[]> values(List<OrderMessage> messages) {
        List<byte[]> values = new ArrayList<>();
        messages.forEach(message -> values.add(message.value()));
        return values;
    }

    /** The plan's batches, written into a folder and read again. */
    static List<CustomerBatch> batches(OrderPlan plan, Path folder) {
        OrderGenerator.of(plan).writeCustomers(folder.toString());
        return List.of("customers_001.csv", "customers_002.csv", "customers_003.csv").stream()
                .map(name -> CustomerBatch.of(text(folder.resolve(name))))
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
