package dev.lakehouse.sample.orders;

import dev.lakehouse.UserError;
import dev.lakehouse.orders.Industries;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The input of {@link OrderGenerator}. Equal plans give the same messages in the same order.
 *
 * @param days days of history until {@code asOf}
 * @param perDay orders per day, evenly distributed
 * @param customers number of customers in all batches
 * @param seed the same seed gives the same customers, products and orders, at times relative to {@code asOf}
 * @param asOf the end of the history; all orders have an earlier time
 * @param faults the faults of orders
 * @param shifts factors for the volumes of an industry's last day, by industry. The last day begins 24 hours before the
 *     full hour of {@code asOf}. An order belongs to its customer's first industry
 */
public record OrderPlan(
        int days,
        long perDay,
        int customers,
        long seed,
        Instant asOf,
        OrderFaults faults,
        Map<String, BigDecimal> shifts) {
    public static final int DAYS = 31;
    public static final long PER_DAY = 200;
    public static final int CUSTOMERS = 300;
    public static final long SEED = 123;

    private static final int MOST_DAYS = 3_660;
    private static final long MOST_PER_DAY = 10_000_000;
    private static final int FEWEST_CUSTOMERS = 10;
    private static final int MOST_CUSTOMERS = 1_000_000;
    private static final BigDecimal LEAST_FACTOR = new BigDecimal("0.01");
    private static final BigDecimal GREATEST_FACTOR = new BigDecimal("100");

    public OrderPlan {
        within("days", days, 1, MOST_DAYS);
        within("orders per day", perDay, 1, MOST_PER_DAY);
        within("customers", customers, FEWEST_CUSTOMERS, MOST_CUSTOMERS);
        asOf = asOf.truncatedTo(ChronoUnit.MILLIS);
        shifts = Map.copyOf(new TreeMap<>(shifts));
        shifts.forEach(OrderPlan::check);
    }

    /** The default size, without faults and shifts. */
    public static OrderPlan of(long seed, Instant asOf) {
        return new OrderPlan(DAYS, PER_DAY, CUSTOMERS, seed, asOf, OrderFaults.NONE, Map.of());
    }

    /** The same plan in another size. */
    public OrderPlan sized(int newDays, long newPerDay, int newCustomers) {
        return new OrderPlan(newDays, newPerDay, newCustomers, seed, asOf, faults, shifts);
    }

    /** The same plan with other faults. */
    public OrderPlan with(OrderFaults newFaults) {
        return new OrderPlan(days, perDay, customers, seed, asOf, newFaults, shifts);
    }

    /** The same plan with other shifts. */
    public OrderPlan shifting(Map<String, BigDecimal> newShifts) {
        return new OrderPlan(days, perDay, customers, seed, asOf, faults, newShifts);
    }

    /** The number of orders. Each is delivered at least once. */
    public long orders() {
        return days * perDay;
    }

    /** The industries that can be shifted: all industries. */
    public static List<String> industries() {
        return Industries.ALL;
    }

    Instant begin() {
        return asOf.minus(Duration.ofDays(days));
    }

    /** The start of the shifted day. */
    Instant lastDay() {
        return asOf.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(1));
    }

    private static void within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UserError(
                    "Cannot generate orders with " + value + " " + what + ".",
                    "The number of " + what + " must be between " + least + " and " + most + ".",
                    "Give another number of " + what + ".");
        }
    }

    private static void check(String industry, BigDecimal factor) {
        if (!industries().contains(industry)) {
            throw new UserError(
                    "There is no industry '" + industry + "' to shift.",
                    "The industries are " + String.join(", ", industries()) + ".",
                    "Give one of these, such as --shift Food=3.0,Polymer=0.25.");
        }
        if (factor.compareTo(LEAST_FACTOR) < 0 || factor.compareTo(GREATEST_FACTOR) > 0) {
            throw new UserError(
                    "Cannot shift " + industry + " by " + factor.toPlainString() + ".",
                    "A shift multiplies volumes by a number from 0.01 to 100.",
                    "Give another factor, such as --shift Food=3.0,Polymer=0.25.");
        }
    }
}
