package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Amounts;
import dev.lakehouse.invoices.Invoice.Party;
import dev.lakehouse.source.files.pdf.PdfReader;
import dev.lakehouse.source.files.pdf.PdfText;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The content of a document as a row. {@code problem} is the reason why it is not an invoice, NULL if it is one. */
public final class DocumentRow {
    public static final String LINES = "lines";
    public static final String PROBLEM = "problem";

    /** The schema of {@link #of}. The date is text, because rows of plain Java have no suitable date type. */
    static final StructType READ = StructType.fromDDL("""
            problem STRING, text STRING, invoice_number STRING, invoice_date STRING,
            seller_name STRING, seller_address STRING, seller_city STRING, member_number STRING,
            bill_to_name STRING, bill_to_address STRING, bill_to_city STRING,
            ship_to_name STRING, ship_to_address STRING, ship_to_city STRING,
            po_number STRING, payment_method STRING, currency STRING,
            subtotal DECIMAL(18, 2), discount_percent DECIMAL(5, 2), discount_amount DECIMAL(18, 2),
            total DECIMAL(18, 2), amount_paid DECIMAL(18, 2), balance_due DECIMAL(18, 2), terms STRING,
            lines ARRAY<STRUCT<item: STRING, quantity: INT, unit_price: DECIMAL(18, 2), amount: DECIMAL(18, 2)>>
            """);

    private static final int MOST_TEXT = 100_000;

    private DocumentRow() {}

    /**
     * Reads a document. If it is not an invoice, the row has a problem and the values that could be read.
     *
     * @param document its content; empty if it is too large to be read
     */
    static Row of(Optional<byte[]> document) {
        PdfText text = document.map(content -> PdfReader.read(content, PrintedAmount::isWithCurrency))
                .orElseGet(() -> new PdfText.Illegible("larger than 50 MB", ""));
        if (text instanceof PdfText.Illegible illegible) {
            return problem(illegible.reason(), illegible.text(), null);
        }
        PdfText.Legible legible = (PdfText.Legible) text;
        InvoiceParser.Parsed parsed = InvoiceParser.parse(legible.pieces());
        if (parsed instanceof InvoiceParser.NotOne not) {
            return problem(not.reason(), legible.text(), not.number().orElse(null));
        }
        return of(((InvoiceParser.Found) parsed).invoice(), legible.text());
    }

    private static Row problem(String reason, String text, String number) {
        Object[] values = new Object[READ.size()];
        values[READ.fieldIndex(PROBLEM)] = reason;
        values[READ.fieldIndex("text")] = shortened(text);
        values[READ.fieldIndex("invoice_number")] = number;
        return RowFactory.create(values);
    }

    private static Row of(Invoice invoice, String text) {
        Object[] values = new Object[READ.size()];
        set(values, "text", shortened(text));
        set(values, "invoice_number", invoice.number());
        set(
                values,
                "invoice_date",
                invoice.date() == null ? null : invoice.date().toString());
        set(values, "seller", invoice.seller());
        set(values, "member_number", invoice.memberNumber());
        set(values, "bill_to", invoice.billTo());
        set(values, "ship_to", invoice.shipTo());
        set(values, "po_number", invoice.poNumber());
        set(values, "payment_method", invoice.paymentMethod());
        set(values, "currency", invoice.currency());
        Amounts amounts = invoice.amounts();
        set(values, "subtotal", amounts.subtotal());
        set(values, "discount_percent", amounts.discountPercent());
        set(values, "discount_amount", amounts.discountAmount());
        set(values, "total", amounts.total());
        set(values, "amount_paid", amounts.amountPaid());
        set(values, "balance_due", amounts.balanceDue());
        set(values, "terms", invoice.terms());
        set(
                values,
                LINES,
                invoice.lines().stream()
                        .map(line -> RowFactory.create(line.item(), line.quantity(), line.unitPrice(), line.amount()))
                        .toArray(Row[]::new));
        return RowFactory.create(values);
    }

    private static void set(Object[] values, String prefix, Party party) {
        set(values, prefix + "_name", party.name());
        set(values, prefix + "_address", party.address());
        set(values, prefix + "_city", party.city());
    }

    private static void set(Object[] values, String column, Object value) {
        values[READ.fieldIndex(column)] = value;
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }
}
