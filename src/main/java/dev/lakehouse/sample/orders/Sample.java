package dev.lakehouse.sample.orders;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.sample.LiveSampleData;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleCommand;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.sample.SampleTarget.Server;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends orders to Kafka, and writes their customers and products into the landing. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Send historical or live orders to Kafka, and write batches of customers and the products into"
                + " the landing. Faults are added on request.")
public final class Sample implements LiveSampleData {
    @Option(names = "--days", paramLabel = "N", description = "Days of history (default: ${DEFAULT-VALUE})")
    private int days = OrderPlan.DAYS;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            converter = RowCount.class,
            description = "Orders per day (default: ${DEFAULT-VALUE})")
    private long perDay = OrderPlan.PER_DAY;

    @Option(names = "--customers", paramLabel = "N", description = "Customers (default: ${DEFAULT-VALUE})")
    private int customers = OrderPlan.CUSTOMERS;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed; another one adds other orders, the same one sends the same orders again (default:"
                    + " ${DEFAULT-VALUE})")
    private long seed = OrderPlan.SEED;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            description = "Where the history ends, such as 2026-01-31T06:00:00Z (default: now)")
    private Instant asOf;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Kafka topic, created if it is missing (default: ${DEFAULT-VALUE})")
    private String topic = Orders.TOPIC;

    @Option(
            names = "--duplicates",
            paramLabel = "PERCENT",
            description =
                    "Share of orders that arrive again, such as 3%%, immediately or days later; a third of them corrected")
    private Percentage duplicates;

    @Option(
            names = "--late",
            paramLabel = "PERCENT",
            description = "Share of orders that arrive hours after orders with later times (with --live: minutes)")
    private Percentage late;

    @Option(
            names = "--malformed",
            paramLabel = "PERCENT",
            description = "Share of orders that are followed by a message that is not an order")
    private Percentage malformed;

    @Option(
            names = "--unknown-customers",
            paramLabel = "PERCENT",
            description = "Share of orders whose customers are in no batch, or only in the last one")
    private Percentage unknownCustomers;

    @Option(
            names = "--wrong-amounts",
            paramLabel = "PERCENT",
            description = "Share of orders whose amount is not that of their lines")
    private Percentage wrongAmounts;

    @Option(
            names = "--shift",
            paramLabel = "INDUSTRY=FACTOR",
            split = ",",
            description = "Multiply what these industries order in the last 24 hours, such as Food=3.0,Polymer=0.25")
    private Map<String, BigDecimal> shifts = Map.of();

    @Option(
            names = "--live",
            paramLabel = "RATE",
            description = "Instead of a history, send live orders at a constant rate, such as 10/minute, until stopped")
    private Rate live;

    @Option(names = "--for", paramLabel = "TIME", description = "End --live after a time, such as 30s, 5m or 2h")
    private Duration time;

    @Override
    public Set<String> replacedBy() {
        return Set.of("customers", "topic");
    }

    @Override
    public Server server() {
        return Server.KAFKA;
    }

    @Override
    public boolean isEmpty(SampleTarget target) {
        return !Orders.topic(target, Orders.TOPIC).hasMessages();
    }

    @Override
    public void fill(SampleTarget target, OptionalLong number, Instant end) {
        Orders.generateFirst(target, end);
    }

    @Override
    public Set<String> liveWorkflows() {
        return Set.of("orders_stream");
    }

    @Override
    public Runnable live(SampleTarget target, Rate rate) {
        return Orders.untilInterrupted(target, rate);
    }

    @Override
    public Optional<SampleCommand> benchmark() {
        return Optional.of(new OrdersBenchmark());
    }

    @Override
    public Consumer<SampleTarget> work() {
        if (time != null && live == null) {
            throw new UserError(
                    "--for was given without --live.",
                    "It limits the time of live orders.",
                    "Give, for example, --live 10/minute as well, or omit --for.");
        }
        Orders orders = new Orders(plan(), topic);
        return live == null
                ? orders::generate
                : target -> orders.live(target, live, time == null ? Orders.UNTIL_STOPPED : time);
    }

    private OrderPlan plan() {
        OrderFaults faults = new OrderFaults(
                chance(duplicates), chance(late), chance(malformed), chance(unknownCustomers), chance(wrongAmounts));
        return OrderPlan.of(seed, asOf == null ? Instant.now() : asOf)
                .sized(days, perDay, customers)
                .with(faults)
                .shifting(shifts);
    }

    private static Chance chance(Percentage share) {
        return share == null ? Chance.NEVER : Chance.of(share);
    }
}
