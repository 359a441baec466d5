package dev.lakehouse.cli;

import dev.lakehouse.Percentage;
import dev.lakehouse.orders.generator.Chance;
import dev.lakehouse.orders.generator.CustomerGenerator.Batches;
import dev.lakehouse.orders.generator.GeneratedCounts;
import dev.lakehouse.orders.generator.OrderFaults;
import dev.lakehouse.orders.generator.OrderGenerator;
import dev.lakehouse.orders.generator.OrderPlan;
import dev.lakehouse.orders.generator.OrderProducer;
import dev.lakehouse.orders.generator.OrderTopic;
import dev.lakehouse.orders.generator.Rate;
import dev.lakehouse.storage.FileStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generated orders, their customers and products, told to a person. */
record Orders(OrderPlan plan, String topic) {
    static final String TOPIC = "orders";

    /** What is generated where there is nothing: a little of everything that can go wrong, and three industries that stand out. */
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

    /** Only on servers of our own: a history, and a few live orders from just before its end. */
    static void generateIntoEmptyTopic(Workplace workplace, Instant asOf) {
        if (!workplace.kafkaIsLocal() || topic(workplace, TOPIC).hasMessages()) {
            return;
        }
        Terminal.say("The topic " + TOPIC + " is empty: orders are generated first.");
        OrderPlan plan = OrderPlan.of(OrderPlan.SEED, asOf).with(SOME_FAULTS).shifting(SHIFTS);
        Orders orders = new Orders(plan, TOPIC);
        orders.generate(workplace);
        orders.sendLatest(workplace, asOf);
    }

    /** Sends orders of now until it is interrupted; they are others each time. */
    static Thread sendMeanwhile(Workplace workplace, Rate rate) {
        Instant now = Instant.now();
        Orders orders = new Orders(OrderPlan.of(now.toEpochMilli(), now).with(SOME_FAULTS), TOPIC);
        workplace.spark();
        topic(workplace, TOPIC).create();
        Thread sender = new Thread(() -> orders.live(workplace, rate, UNTIL_STOPPED), "live orders");
        sender.setDaemon(true);
        sender.start();
        return sender;
    }

    /** Writes customers and products into the landing and sends the history. */
    void generate(Workplace workplace) {
        OrderGenerator generator = OrderGenerator.of(plan);
        writeFiles(workplace, generator);
        long start = System.nanoTime();
        GeneratedCounts counts;
        try (OrderProducer producer = OrderProducer.to(topic(workplace, topic));
                Terminal.Progress progress = Terminal.progress("generate", plan.orders())) {
            counts = generator.deliver(message -> {
                producer.send(message);
                if (producer.sent() % MESSAGES_PER_REPORT == 0) {
                    progress.accept(Math.min(plan.orders(), producer.sent()));
                }
            });
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        say(
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
        tellFaults(counts);
        if (!plan.shifts().isEmpty()) {
            say("  volumes of the last 24 hours: %s", shifts());
        }
    }

    /** Sends orders of now; customers and products are written where there are none. */
    void live(Workplace workplace, Rate rate, Duration time) {
        OrderGenerator generator = OrderGenerator.of(plan);
        workplace.spark();
        String folder = folder(workplace) + "/customers";
        if (FileStore.of(folder).files(folder).isEmpty()) {
            writeFiles(workplace, generator);
        }
        GeneratedCounts counts;
        try (OrderProducer producer = OrderProducer.to(topic(workplace, topic))) {
            say("Sending %s orders to the topic %s", rate, topic);
            counts = generator.deliverLive(rate, time, producer::send);
        }
        say("Sent %,d orders: %,d messages in the topic %s", counts.orders(), counts.messages(), topic);
        tellFaults(counts);
    }

    private void sendLatest(Workplace workplace, Instant asOf) {
        Instant first = asOf.minus(Duration.ofMinutes(2));
        try (OrderProducer producer = OrderProducer.to(topic(workplace, topic))) {
            GeneratedCounts counts = OrderGenerator.of(plan.with(OrderFaults.NONE))
                    .deliverLive(LIVE_RATE, first, LIVE_ORDERS, producer::send);
            say("Sent %,d orders more, of the last two minutes", counts.orders());
        }
    }

    private void writeFiles(Workplace workplace, OrderGenerator generator) {
        workplace.spark();
        String customers = folder(workplace) + "/customers";
        Batches batches = generator.writeCustomers(customers);
        say(
                "Generated %,d customers: %,d rows in %,d batches in %s",
                batches.customers(), batches.rows(), batches.files(), customers);
        String products = folder(workplace) + "/products/products.csv";
        say("Generated %,d products in %s", generator.writeProducts(products), products);
    }

    private static void tellFaults(GeneratedCounts counts) {
        if (counts.messages() > counts.orders() || counts.late() > 0) {
            say(
                    "  of the messages %,d repeat an order, %,d correct one, %,d are no order; %,d orders came late",
                    counts.repeated(), counts.corrected(), counts.malformed(), counts.late());
        }
        if (counts.unknownCustomers() + counts.lastBatchCustomers() + counts.wrongAmounts() > 0) {
            say(
                    "  %,d orders of customers in no batch, %,d of customers in the last batch only, %,d with an amount"
                            + " that is not that of the lines",
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

    private static OrderTopic topic(Workplace workplace, String name) {
        return OrderTopic.of(workplace.kafka().clientOptions(), name);
    }

    private static String folder(Workplace workplace) {
        return workplace.landing() + "/orders";
    }

    private static void say(String form, Object... values) {
        Terminal.say(String.format(Locale.ROOT, form, values));
    }
}
