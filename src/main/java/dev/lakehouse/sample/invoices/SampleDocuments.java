package dev.lakehouse.sample.invoices;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.invoices.DocumentRow;
import dev.lakehouse.invoices.Invoice;
import dev.lakehouse.invoices.Invoice.Amounts;
import dev.lakehouse.invoices.Invoice.Line;
import dev.lakehouse.invoices.Invoice.Party;
import dev.lakehouse.storage.FileStore;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A few generated invoices as PDFs for a first run. */
public final class SampleDocuments {
    private static final long SEED = 123;
    private static final long MADE = 3_000;
    private static final int DRAWN = 24;

    private SampleDocuments() {}

    /**
     * Draws invoices of the weeks around January 2024 into a folder. Existing files are not replaced.
     *
     * @return the number of drawn invoices
     */
    public static int draw(SparkSession session, String folder) {
        FileStore files = FileStore.of(folder);
        List<Row> invoices = InvoiceGenerator.of(SEED, MADE)
                .invoices(session)
                .where(col("invoice_date").between("2023-12-28", "2024-02-03"))
                .orderBy("invoice_number")
                .limit(DRAWN)
                .collectAsList();
        for (Row row : invoices) {
            Invoice invoice = invoice(row);
            files.create(folder + "/" + invoice.number() + ".pdf", InvoicePdf.draw(invoice));
        }
        return invoices.size();
    }

    /** Converts a row of the generator to an invoice. */
    public static Invoice invoice(Row row) {
        List<Line> lines = row.<Row>getList(row.fieldIndex(DocumentRow.LINES)).stream()
                .map(line -> new Line(line.getString(0), line.getInt(1), line.getDecimal(2), line.getDecimal(3)))
                .toList();
        return new Invoice(
                row.getAs("invoice_number"),
                LocalDate.parse(row.<Object>getAs("invoice_date").toString()),
                party(row, "seller"),
                row.getAs("member_number"),
                party(row, "bill_to"),
                party(row, "ship_to"),
                row.getAs("po_number"),
                row.getAs("payment_method"),
                row.getAs("currency"),
                lines,
                new Amounts(
                        row.getAs("subtotal"),
                        row.getAs("discount_percent"),
                        row.getAs("discount_amount"),
                        row.getAs("total"),
                        row.getAs("amount_paid"),
                        row.getAs("balance_due")),
                row.getAs("terms"));
    }

    private static Party party(Row row, String who) {
        return new Party(row.getAs(who + "_name"), row.getAs(who + "_address"), row.getAs(who + "_city"));
    }
}
