package dev.lakehouse.sample.orders;

import dev.lakehouse.orders.Industries;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.SeededRandom;
import dev.lakehouse.sample.orders.CustomerGenerator.Batches;
import dev.lakehouse.sample.orders.GeneratedOrder.Line;
import dev.lakehouse.sample.orders.GeneratedOrder.Style;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Generates the orders of a plan, and their customers and products.
 *
 * <p>An order is a function of the plan and its number only, and independent of the machine, its locale, its time zone
 * and other orders. Faults are drawn separately, so they change no other order. Orders are assigned to industries
 * round-robin, and their amounts vary little. So daily differences of an industry come from the plan's shifts and
 * hardly ever from chance.
 */
public final class OrderGenerator {
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_2 = 0x8000000000000000L;
    private static final long CUSTOMERS = 0x62757965L;
    private static final long CORRECTIONS = 0x636F7272L;

    private static final int LEAST_VOLUME = 120;
    private static final int VOLUMES = 60;

    private final OrderPlan plan;
    private final CustomerGenerator customers;
    private final ProductGenerator products;

    private OrderGenerator(OrderPlan plan) {
        this.plan = plan;
        this.customers = CustomerGenerator.of(plan);
        this.products = ProductGenerator.of(plan.seed());
    }

    /** A generator for a plan. */
    public static OrderGenerator of(OrderPlan plan) {
        return new OrderGenerator(plan);
    }

    public OrderPlan plan() {
        return plan;
    }

    /** Writes the batches of customers into a folder. */
    public Batches writeCustomers(String folder) {
        return customers.write(folder);
    }

    /** Writes the products as a CSV file and returns their number. */
    public int writeProducts(String location) {
        return products.write(location);
    }

    /** Generates the history's messages in the order of delivery, in constant memory. */
    public GeneratedCounts deliver(Consumer<OrderMessage> to) {
        Timeline history = new Timeline.History(plan);
        Delivery delivery = new Delivery(this, history, to);
        for (long number = 0; number < history.orders(); number++) {
            delivery.next();
        }
        return delivery.end();
    }

    /**
     * Generates live orders at a constant rate with the plan's faults, until a time has passed or the thread is
     * interrupted. The interrupt is then cleared. Delays of faults are minutes instead of hours; delayed messages are
     * delivered at the end at the latest.
     */
    public GeneratedCounts deliverLive(Rate rate, Duration time, Consumer<OrderMessage> to) {
        Timeline.Live live = new Timeline.Live(plan, Instant.now().truncatedTo(ChronoUnit.MILLIS), rate);
        Delivery delivery = new Delivery(this, live, to);
        Instant end = live.start().plus(time);
        for (long number = 0; live.time(number).isBefore(end) && isTime(live.time(number)); number++) {
            delivery.next();
        }
        return delivery.end();
    }

    /**
     * Generates the first orders of a live stream without waiting.
     *
     * @param start the first one's time
     */
    public GeneratedCounts deliverLive(Rate rate, Instant start, int orders, Consumer<OrderMessage> to) {
        Delivery delivery = new Delivery(this, new Timeline.Live(plan, start, rate), to);
        for (int number = 0; number < orders; number++) {
            delivery.next();
        }
        return delivery.end();
    }

    /** Waits until a time; false if the thread is interrupted before. */
    private static boolean isTime(Instant time) {
        while (!Thread.interrupted()) {
            long nanos = Duration.between(Instant.now(), time).toNanos();
            if (nanos <= 0) {
                return true;
            }
            LockSupport.parkNanos(nanos);
        }
        return false;
    }

    CustomerGenerator customers() {
        return customers;
    }

    /** The order of a number, from 0. */
    GeneratedOrder order(Timeline timeline, long number) {
        SeededRandom random = SeededRandom.of(timeline.seed(), number);
        UUID id = id(random);
        int customer = customer(number);
        Instant time = timeline.time(number, random);
        Style style = style(random);
        return new GeneratedOrder(id, CustomerGenerator.id(customer), lines(customer, time, random), 0, time, style);
    }

    /** The same order with other lines and another amount. Some also have an earlier time. */
    GeneratedOrder corrected(Timeline timeline, long number) {
        GeneratedOrder before = order(timeline, number);
        SeededRandom random = SeededRandom.of(SeededRandom.combine(timeline.seed(), CORRECTIONS), number);
        Instant time = random.below(4) == 0 ? before.time().minusSeconds(60L * (1 + random.below(600))) : before.time();
        List<Line> lines = new ArrayList<>(lines(numberOf(before.customer()), before.time(), random));
        if (GeneratedOrder.cents(lines) == before.cents()) {
            lines.add(lines.get(0));
        }
        return new GeneratedOrder(before.id(), before.customer(), lines, 0, time, before.style());
    }

    private static int numberOf(String customer) {
        return Integer.parseInt(customer.substring(1)) - 1;
    }

    static UUID id(SeededRandom random) {
        return new UUID((random.nextLong() & ~0xF000L) | VERSION_4, (random.nextLong() >>> 2) | VARIANT_2);
    }

    /**
     * The customer of an order. Ten consecutive orders have customers of ten industries, and the customers of an
     * industry are used round-robin.
     */
    private int customer(long number) {
        int industries = Industries.ALL.size();
        int first = RoundRobin.place(plan.seed(), CUSTOMERS, number, industries);
        int customersOfIt = (customers.regular() - first + industries - 1) / industries;
        if (customersOfIt == 0) {
            return 0;
        }
        // The same round is repeated, so all customers have the same number of orders.
        long turn = number / industries % customersOfIt;
        return first + industries * RoundRobin.place(plan.seed(), CUSTOMERS + 1 + first, turn, customersOfIt);
    }

    private static Style style(SeededRandom random) {
        Style.Zone zone =
                switch (random.below(10)) {
                    case 0, 1 -> Style.Zone.OFFSET;
                    case 2, 3 -> Style.Zone.NONE;
                    default -> Style.Zone.UTC;
                };
        return new Style(zone, random.below(20) == 0 ? "order_line" : "order_lines");
    }

    private List<Line> lines(int customer, Instant time, SeededRandom random) {
        int count = 2 + random.below(3);
        List<Line> lines = new ArrayList<>(count);
        BigDecimal shift = time.isBefore(plan.lastDay()) ? null : shift(customer);
        for (int i = 0; i < count; i++) {
            ProductGenerator.Product product = random.pick(products.products());
            int volume = (LEAST_VOLUME + random.below(VOLUMES)) / count;
            int tenths = volume * ProductGenerator.TENTHS + (product.isDivisible() ? random.below(10) : 0);
            Line line = new Line(product, tenths);
            lines.add(shift == null ? line : line.times(shift));
        }
        return lines;
    }

    private BigDecimal shift(int customer) {
        if (plan.shifts().isEmpty()) {
            return null;
        }
        String industry = customers.firstIndustry(customer);
        return industry == null ? null : plan.shifts().get(industry);
    }
}
