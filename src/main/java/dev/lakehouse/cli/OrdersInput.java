package dev.lakehouse.cli;

import dev.lakehouse.Percentage;
import dev.lakehouse.UserError;
import dev.lakehouse.orders.generator.Chance;
import dev.lakehouse.orders.generator.OrderFaults;
import dev.lakehouse.orders.generator.OrderPlan;
import dev.lakehouse.orders.generator.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Orders into Kafka, their customers and products into the landing. */
@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        description =
                "Send orders of the last days, or of now, to Kafka, and write batches of customers and the products"
                        + " into the landing. Faults are made on request.")
final class OrdersInput implements Callable<Integer> {
    @ParentCommand
    private GenerateCommand generate;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "" + OrderPlan.DAYS,
            description = "Days of history (default: ${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            converter = Converters.Rows.class,
            defaultValue = "" + OrderPlan.PER_DAY,
            description = "Orders of each day (default: ${DEFAULT-VALUE})")
    private long perDay;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "" + OrderPlan.CUSTOMERS,
            description = "Customers (default: ${DEFAULT-VALUE})")
    private int customers;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + OrderPlan.SEED,
            description = "Seed; another one adds other orders, the same one says the same orders again (default:"
                    + " ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            converter = Converters.Moment.class,
            description = "Where the history ends, such as 2026-01-31T06:00:00Z (default: now)")
    private Instant asOf;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = Orders.TOPIC,
            description = "Kafka topic, made where it is missing (default: ${DEFAULT-VALUE})")
    private String topic;

    @Option(
            names = "--duplicates",
            paramLabel = "PERCENT",
            converter = Converters.Share.class,
            description = "So many orders come again, such as 3%%, at once or days later; a third of them corrected")
    private Percentage duplicates;

    @Option(
            names = "--late",
            paramLabel = "PERCENT",
            converter = Converters.Share.class,
            description = "So many orders come hours after orders with later times (with --live: minutes)")
    private Percentage late;

    @Option(
            names = "--malformed",
            paramLabel = "PERCENT",
            converter = Converters.Share.class,
            description = "So many orders are followed by a message that is no order")
    private Percentage malformed;

    @Option(
            names = "--unknown-customers",
            paramLabel = "PERCENT",
            converter = Converters.Share.class,
            description = "So many orders are of customers in no batch, or in the last one only")
    private Percentage unknownCustomers;

    @Option(
            names = "--wrong-amounts",
            paramLabel = "PERCENT",
            converter = Converters.Share.class,
            description = "So many orders have an amount that is not that of their lines")
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
            converter = Converters.OrderRate.class,
            description = "Instead of a history, send orders of now at an even rate, such as 10/minute, until stopped")
    private Rate live;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "End --live after a time, such as 30s, 5m or 2h")
    private Duration time;

    @Override
    public Integer call() {
        if (time != null && live == null) {
            throw new UserError(
                    "--for was given without --live.",
                    "It says how long orders of now are sent.",
                    "Give for example --live 10/minute as well, or leave --for out.");
        }
        Orders orders = new Orders(plan(), topic);
        try (Workplace workplace = Workplace.open(generate.options(), Terminal::say)) {
            if (live == null) {
                orders.generate(workplace);
            } else {
                orders.live(workplace, live, time == null ? Orders.UNTIL_STOPPED : time);
            }
        }
        return 0;
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
