package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Amounts;
import dev.lakehouse.invoices.Invoice.Line;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The numbers of an invoice in one {@link Reading} of its amounts. */
record Numbers(List<Line> lines, Amounts amounts) {
    private static final BigDecimal ZERO = new BigDecimal("0.00");
    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final BigDecimal CENT = new BigDecimal("0.01");

    /**
     * Reads them.
     *
     * @param totals the texts next to the labels that are present
     * @param percent null if the discount has no percentage
     */
    static Numbers of(ItemTable table, Map<Labels, String> totals, BigDecimal percent, Reading reading) {
        BigDecimal discount = amount(totals, Labels.DISCOUNT, ZERO, reading);
        return new Numbers(
                table.lines(reading),
                new Amounts(
                        amount(totals, Labels.SUBTOTAL, null, reading),
                        percent,
                        // Some documents print the discount as a negative amount.
                        discount == null ? null : discount.abs(),
                        amount(totals, Labels.TOTAL, null, reading),
                        amount(totals, Labels.AMOUNT_PAID, ZERO, reading),
                        amount(totals, Labels.BALANCE_DUE, null, reading)));
    }

    /** Null if the amount is present but cannot be read. */
    private static BigDecimal amount(
            Map<Labels, String> totals, Labels label, BigDecimal whereMissing, Reading reading) {
        return totals.containsKey(label) ? reading.value(totals.get(label)) : whereMissing;
    }

    /** Whether all values are present and all sums and products are correct. */
    boolean addUp() {
        Amounts all = amounts;
        if (Stream.of(all.subtotal(), all.discountAmount(), all.total(), all.amountPaid(), all.balanceDue())
                        .anyMatch(Objects::isNull)
                || !lines.stream().allMatch(Numbers::multipliesUp)) {
            return false;
        }
        BigDecimal sum = lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return isSame(sum, all.subtotal())
                && isItsShare(all)
                && isSame(all.subtotal().subtract(all.discountAmount()), all.total())
                && isSame(all.amountPaid().add(all.balanceDue()), all.total());
    }

    private static boolean multipliesUp(Line line) {
        return line.quantity() != null
                && line.unitPrice() != null
                && line.amount() != null
                && isSame(line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())), line.amount());
    }

    private static boolean isItsShare(Amounts all) {
        return all.discountPercent() == null
                || all.subtotal()
                                .multiply(all.discountPercent())
                                .divide(HUNDRED)
                                .subtract(all.discountAmount())
                                .abs()
                                .compareTo(CENT)
                        < 0;
    }

    private static boolean isSame(BigDecimal one, BigDecimal other) {
        return one.compareTo(other) == 0;
    }
}
