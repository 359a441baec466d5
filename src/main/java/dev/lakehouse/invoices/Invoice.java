package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * An invoice as a document shows it. What the document does not show, or shows in a form that cannot be read, is null.
 *
 * @param currency ISO 4217; null as well where several are on it
 * @param terms as the document words them
 */
public record Invoice(
        String number,
        LocalDate date,
        Party seller,
        String memberNumber,
        Party billTo,
        Party shipTo,
        String poNumber,
        String paymentMethod,
        String currency,
        List<Line> lines,
        Amounts amounts,
        String terms) {

    /** Somebody with an address. */
    public record Party(String name, String address, String city) {
        public static final Party NOBODY = new Party(null, null, null);
    }

    /** A line of it. */
    public record Line(String item, Integer quantity, BigDecimal unitPrice, BigDecimal amount) {}

    /**
     * What it comes to.
     *
     * @param discountPercent null where no share is named
     */
    public record Amounts(
            BigDecimal subtotal,
            BigDecimal discountPercent,
            BigDecimal discountAmount,
            BigDecimal total,
            BigDecimal amountPaid,
            BigDecimal balanceDue) {}
}
