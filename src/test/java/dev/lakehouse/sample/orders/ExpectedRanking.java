package dev.lakehouse.sample.orders;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the orders come to, computed from messages and customers in plain Java: exact, in memory, and knowing nothing of
 * how the product does it.
 *
 * @param orders the valid orders by their ids: of each the last that was delivered
 * @param industries of each known customer
 */
record ExpectedRanking(Map<UUID, ParsedOrder> orders, Map<String, Set<String>> industries) {
    static final List<String> INDUSTRIES = List.of(
            "Agriculture",
            "Cleaning",
            "Colours",
            "Construction",
            "Cosmetics",
            "Food",
            "Lubricants",
            "Oil&Gas",
            "Pharmaceuticals",
            "Polymer");

    private static final BigDecimal BASELINE_DAYS = new BigDecimal(30);

    /** A customer's hour, which begins then. */
    record CustomerHour(String customer, Instant hour) {}

    /**
     * One row of the ranking.
     *
     * @param mean per 24 hours, to 34 digits
     * @param relative to 34 digits; null for a new one
     * @param status {@code new}, {@code unchanged} or {@code changed}
     */
    record Change(
            int rank,
            String industry,
            BigDecimal last24Hours,
            BigDecimal mean,
            BigDecimal absolute,
            BigDecimal relative,
            String status) {}

    /** Of messages' values, in the order of their delivery, and of batches, oldest first. */
    static ExpectedRanking of(Iterable<byte[]> values, List<CustomerBatch> batches) {
        Map<UUID, ParsedOrder> orders = new LinkedHashMap<>();
        for (byte[] value : values) {
            ParsedOrder.of(value).ifPresent(order -> orders.put(order.id(), order));
        }
        return new ExpectedRanking(orders, CustomerBatch.industries(batches));
    }

    /** The same without the orders whose amount is not what their lines sum up to. */
    ExpectedRanking withoutWrongAmounts() {
        Map<UUID, ParsedOrder> right = new LinkedHashMap<>(orders);
        right.values().removeIf(ParsedOrder::hasWrongAmount);
        return new ExpectedRanking(right, industries);
    }

    /** What each customer ordered in each hour, known or not. */
    Map<CustomerHour, BigDecimal> hourly() {
        Map<CustomerHour, BigDecimal> hourly = new LinkedHashMap<>();
        orders.values()
                .forEach(order -> hourly.merge(
                        new CustomerHour(order.customer(), order.time().truncatedTo(ChronoUnit.HOURS)),
                        order.amount(),
                        BigDecimal::add));
        return hourly;
    }

    /** All ten industries, those with the greatest change first. */
    List<Change> ranking(Instant asOf) {
        Instant end = asOf.truncatedTo(ChronoUnit.HOURS);
        Instant day = end.minus(Duration.ofHours(24));
        Map<String, BigDecimal> last = amounts(day, end);
        Map<String, BigDecimal> before = amounts(day.minus(Duration.ofDays(30)), day);
        List<Change> changes = new ArrayList<>();
        for (String industry : INDUSTRIES) {
            changes.add(change(industry, last.get(industry), before.get(industry)));
        }
        changes.sort(Comparator.comparing(
                        (Change change) -> change.relative() == null
                                ? null
                                : change.relative().abs(),
                        Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(Change::industry));
        List<Change> ranked = new ArrayList<>();
        for (Change change : changes) {
            ranked.add(new Change(
                    ranked.size() + 1,
                    change.industry(),
                    change.last24Hours(),
                    change.mean(),
                    change.absolute(),
                    change.relative(),
                    change.status()));
        }
        return ranked;
    }

    private Map<String, BigDecimal> amounts(Instant from, Instant to) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        INDUSTRIES.forEach(industry -> amounts.put(industry, BigDecimal.ZERO));
        for (ParsedOrder order : orders.values()) {
            if (!order.time().isBefore(from) && order.time().isBefore(to)) {
                for (String industry : industries.getOrDefault(order.customer(), Set.of())) {
                    amounts.merge(industry, order.amount(), BigDecimal::add);
                }
            }
        }
        return amounts;
    }

    private static Change change(String industry, BigDecimal last, BigDecimal baseline) {
        BigDecimal mean = baseline.divide(BASELINE_DAYS, MathContext.DECIMAL128);
        BigDecimal relative;
        String status;
        if (baseline.signum() == 0) {
            relative = last.signum() == 0 ? BigDecimal.ZERO : null;
            status = last.signum() == 0 ? "unchanged" : "new";
        } else {
            // Of the sums and not of the mean, which is cut: equal changes come out equal.
            relative = last.multiply(BASELINE_DAYS).subtract(baseline).divide(baseline.abs(), MathContext.DECIMAL128);
            status = relative.signum() == 0 ? "unchanged" : "changed";
        }
        return new Change(0, industry, last, mean, last.subtract(mean), relative, status);
    }
}
