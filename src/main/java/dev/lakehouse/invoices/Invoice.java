package dev.lakehouse.invoices;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * An invoice as printed in a document. Values that are missing or cannot be read are null.
 *
 * @param currency ISO 4217; also null if the document has several
 * @param terms the printed text
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

    /** A seller or customer with an address. */
    public record Party(String name, String address, String city) {
        public static final Party NOBODY = new Party(null, null, null);
    }

    /** A line of the invoice. */
    public record Line(String item, Integer quantity, BigDecimal unitPrice, BigDecimal amount) {}

    /** The amounts of the invoice.
     *
     * @param discountPercent null if none is printed
     */
    public record Amounts(
            BigDecimal subtotal,
            BigDecimal discountPercent,
            BigDecimal discountAmount,
            BigDecimal total,
            BigDecimal amountPaid,
            BigDecimal balanceDue) {}
}
