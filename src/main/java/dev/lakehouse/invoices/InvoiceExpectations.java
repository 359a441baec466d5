package dev.lakehouse.invoices;

import dev.lakehouse.load.Expectation;
import java.util.List;

/** The expectations of invoices. A missing value has one reason; sums that need it are not checked. */
final class InvoiceExpectations {
    private static final List<Expectation> ALL = List.of(
            new Expectation("no invoice number", "trim(invoice_number) <> ''"),
            new Expectation("no date that can be read", "invoice_date IS NOT NULL"),
            new Expectation("no seller", "trim(seller_name) <> ''"),
            new Expectation("no member number", "trim(member_number) <> ''"),
            new Expectation("no currency that is known, or several", "currency IS NOT NULL"),
            new Expectation("no lines", "size(lines) > 0"),
            new Expectation("no subtotal that can be read", "subtotal IS NOT NULL"),
            new Expectation("no total that can be read", "total IS NOT NULL"),
            new Expectation("no discount that can be read", "discount_amount IS NOT NULL"),
            new Expectation("no amount paid that can be read", "amount_paid IS NOT NULL"),
            new Expectation("no balance due that can be read", "balance_due IS NOT NULL"),
            lines(
                    "a line cannot be read whole",
                    "line.item IS NOT NULL AND line.quantity IS NOT NULL AND line.unit_price IS NOT NULL"
                            + " AND line.amount IS NOT NULL"),
            lines("the quantity of a line is not above 0", "line.quantity IS NULL OR line.quantity > 0"),
            lines(
                    "the amount of a line is not quantity x unit price",
                    "coalesce(line.quantity * line.unit_price = line.amount, true)"),
            new Expectation(
                    "an amount is below 0",
                    "least(subtotal, discount_amount, total, amount_paid, 0) = 0"
                            + " AND forall(lines, line -> least(line.unit_price, 0) = 0)"),
            new Expectation(
                    "the subtotal is not the sum of the lines",
                    "coalesce(aggregate(lines, CAST(0 AS DECIMAL(38, 2)),"
                            + " (sum, line) -> CAST(sum + line.amount AS DECIMAL(38, 2))) = subtotal, true)"),
            new Expectation(
                    "the discount is not its share of the subtotal",
                    "coalesce(discount_percent BETWEEN 0 AND 100"
                            + " AND abs(subtotal * discount_percent / 100 - discount_amount) < 0.01, true)"),
            new Expectation(
                    "the total is not subtotal less discount", "coalesce(total = subtotal - discount_amount, true)"),
            new Expectation(
                    "amount paid and balance due are not the total",
                    "coalesce(amount_paid + balance_due = total, true)"));

    private InvoiceExpectations() {}

    static List<Expectation> all() {
        return ALL;
    }

    private static Expectation lines(String reason, String condition) {
        return new Expectation(reason, "forall(lines, line -> " + condition + ")");
    }
}
