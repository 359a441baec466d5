package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Amounts;
import dev.lakehouse.invoices.Invoice.Line;
import dev.lakehouse.invoices.Invoice.Party;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Invoices for tests, whose sums can be checked by eye. */
final class Invoices {
    private Invoices() {}

    /** Two lines, 100.00 in all, a tenth off: 90.00, all of it paid. */
    static Invoice plain(String number) {
        return new Invoice(
                number,
                LocalDate.parse("2024-01-15"),
                new Party("Test Shop Ltd.", "1 Seller Street", "Hong Kong"),
                "20000001",
                new Party("Ada Buyer", "2 Buyer Road", "Kowloon"),
                new Party("Bob Receiver", "3 Receiver Lane", "Sha Tin"),
                "PO1",
                "Visa",
                "HKD",
                List.of(line("Hat", 2, "30.00", "60.00"), line("Scarf", 1, "40.00", "40.00")),
                amounts("100.00", "10", "10.00", "90.00", "90.00", "0.00"),
                "Payment is due within 15 days");
    }

    static Line line(String item, int quantity, String unitPrice, String amount) {
        return new Line(item, quantity, new BigDecimal(unitPrice), new BigDecimal(amount));
    }

    static Amounts amounts(
            String subtotal, String percent, String discount, String total, String amountPaid, String balanceDue) {
        return new Amounts(
                new BigDecimal(subtotal),
                percent == null ? null : new BigDecimal(percent),
                new BigDecimal(discount),
                new BigDecimal(total),
                new BigDecimal(amountPaid),
                new BigDecimal(balanceDue));
    }

    static Invoice with(Invoice invoice, List<Line> lines, Amounts amounts) {
        return new Invoice(
                invoice.number(),
                invoice.date(),
                invoice.seller(),
                invoice.memberNumber(),
                invoice.billTo(),
                invoice.shipTo(),
                invoice.poNumber(),
                invoice.paymentMethod(),
                invoice.currency(),
                lines,
                amounts,
                invoice.terms());
    }

    /** So many lines of 1.00 each, every tenth with a name that needs several rows; nothing paid. */
    static Invoice longOne(String number, int lineCount) {
        List<Line> lines = new ArrayList<>();
        for (int i = 1; i <= lineCount; i++) {
            String name = i % 10 == 0 ? "Item " + i + " with a name" + " that goes on and on".repeat(8) : "Item " + i;
            lines.add(line(name, 1, "1.00", "1.00"));
        }
        String sum = lineCount + ".00";
        return with(plain(number), lines, amounts(sum, null, "0.00", sum, "0.00", sum));
    }
}
