package dev.lakehouse.sample.orders;

import dev.lakehouse.Percentage;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.sample.orders.CustomerGenerator.Batches;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sends generated orders, writes their customers and products, and reports the numbers. */
record Orders(OrderPlan plan, String topic) {
    static final String TOPIC = "orders";

    /** The first input: a small share of every fault, and three shifted industries. */
    private static final OrderFaults SOME_FAULTS =
            new OrderFaults(chance("3%"), chance("2%"), chance("1%"), chance("1%"), chance("1%"));

    private static final Map<String, BigDecimal> SHIFTS =
            Map.of("Food", new BigDecimal("3.0"), "Oil&Gas", new BigDecimal("2.0"), "Polymer", new BigDecimal("0.25"));
    static final Duration UNTIL_STOPPED = Duration.ofDays(36_500);

    private static final Rate LIVE_RATE = Rate.parse("10/minute");
    private static final int LIVE_ORDERS = 20;
    private static final int MESSAGES_PER_REPORT = 1_000;

    private static Chance chance(String share) {
        return Chance.of(Percentage.parse(share));
    }

    /** Generates a history, and a few live orders from just before its end. */
    static void generateFirst(SampleTarget target, Instant asOf) {
        target.say("The topic %s is empty: orders are generated first.", TOPIC);
        OrderPlan plan = OrderPlan.of(OrderPlan.SEED, asOf).with(SOME_FAULTS).shifting(SHIFTS);
        Orders orders = new Orders(plan, TOPIC);
        orders.generate(target);
        orders.sendLatest(target, asOf);
    }

    /** Creates the topic. The result sends live orders until it is interrupted. They are different each time. */
    static Runnable untilInterrupted(SampleTarget target, Rate rate) {
        Instant now = Instant.now();
        Orders orders = new Orders(OrderPlan.of(now.toEpochMilli(), now).with(SOME_FAULTS), TOPIC);
        target.spark();
        topic(target, TOPIC).create();
        return () -> orders.live(target, rate, UNTIL_STOPPED);
    }

    /** Writes customers and products into the landing and sends the history. */
    void generate(SampleTarget target) {
        OrderGenerator generator = OrderGenerator.of(plan);
        writeFiles(target, generator);
        Stopwatch stopwatch = Stopwatch.start();
        GeneratedCounts counts;
        Step sending = Step.part("sending", plan.orders());
        try (OrderProducer producer = OrderProducer.to(topic(target, topic))) {
            counts = generator.deliver(message -> {
                producer.send(message);
                if (producer.sent() % MESSAGES_PER_REPORT == 0) {
                    sending.reached(Math.min(plan.orders(), producer.sent()));
                }
            });
        }
        double seconds = stopwatch.seconds();
        target.say(
                "Generated %,d orders of the %,d days before %s (seed %d): %,d messages in the topic %s (%.1f s, %,.0f"
                        + " messages/s)",
                counts.orders(),
                plan.days(),
                plan.asOf(),
                plan.seed(),
                counts.messages(),
                topic,
                seconds,
                counts.messages() / seconds);
        reportFaults(counts, target);
        if (!plan.shifts().isEmpty()) {
            target.say("  volumes of the last 24 hours: %s", shifts());
        }
    }

    /** Sends live orders. Writes customers and products if there are none. */
    void live(SampleTarget target, Rate rate, Duration time) {
        OrderGenerator generator = OrderGenerator.of(plan);
        String folder = folder(target) + "/customers";
        if (FileStore.of(folder).files(folder).isEmpty()) {
            writeFiles(target, generator);
        }
        GeneratedCounts counts;
        try (OrderProducer producer = OrderProducer.to(topic(target, topic))) {
            target.say("Sending %s orders to the topic %s", rate, topic);
            counts = generator.deliverLive(rate, time, producer::send);
        }
        target.say("Sent %,d orders: %,d messages in the topic %s", counts.orders(), counts.messages(), topic);
        reportFaults(counts, target);
    }

    private void sendLatest(SampleTarget target, Instant asOf) {
        Instant first = asOf.minus(Duration.ofMinutes(2));
        try (OrderProducer producer = OrderProducer.to(topic(target, topic))) {
            GeneratedCounts counts = OrderGenerator.of(plan.with(OrderFaults.NONE))
                    .deliverLive(LIVE_RATE, first, LIVE_ORDERS, producer::send);
            target.say("Sent %,d more orders, of the last two minutes", counts.orders());
        }
    }

    private void writeFiles(SampleTarget target, OrderGenerator generator) {
        String customers = folder(target) + "/customers";
        Batches batches = generator.writeCustomers(customers);
        target.say(
                "Generated %,d customers: %,d rows in %,d batches in %s",
                batches.customers(), batches.rows(), batches.files(), customers);
        String products = folder(target) + "/products/products.csv";
        target.say("Generated %,d products in %s", generator.writeProducts(products), products);
    }

    private static void reportFaults(GeneratedCounts counts, SampleTarget target) {
        if (counts.messages() > counts.orders() || counts.late() > 0) {
            target.say(
                    "  of the messages %,d repeat an order, %,d correct one, %,d are not orders; %,d orders were late",
                    counts.repeated(), counts.corrected(), counts.malformed(), counts.late());
        }
        if (counts.unknownCustomers() + counts.lastBatchCustomers() + counts.wrongAmounts() > 0) {
            target.say(
                    "  %,d orders of customers in no batch, %,d of customers in the last batch only, %,d with an amount"
                            + " that differs from the sum of the lines",
                    counts.unknownCustomers(), counts.lastBatchCustomers(), counts.wrongAmounts());
        }
    }

    private String shifts() {
        return new TreeMap<>(plan.shifts())
                .entrySet().stream()
                        .map(shift ->
                                shift.getKey() + " times " + shift.getValue().toPlainString())
                        .collect(Collectors.joining(", "));
    }

    static OrderTopic topic(SampleTarget target, String name) {
        return OrderTopic.of(target.kafka().clientOptions(), name);
    }

    private static String folder(SampleTarget target) {
        return target.folder("orders");
    }
}
