package dev.lakehouse.sample.invoices;

import dev.lakehouse.invoices.Invoice;
import dev.lakehouse.invoices.Invoice.Amounts;
import dev.lakehouse.invoices.Invoice.Line;
import dev.lakehouse.invoices.Invoice.Party;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Draws an invoice as a PDF in the shop's layout, on as many pages as its lines need. */
public final class InvoicePdf {
    private static final float LEFT = 48;
    private static final float SHIP_TO = 182;
    private static final float LABELS = 462;
    private static final float RIGHT = 567;
    private static final float QUANTITY = 373;
    private static final float UNIT_PRICE = 492;
    private static final float ITEM_WIDTH = 310;
    private static final float LINE = 12;
    private static final float FIRST_TABLE = 290;
    private static final float NEXT_TABLE = 60;
    private static final float BOTTOM = 730;
    private static final float TOTALS_HEIGHT = 180;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.ENGLISH);
    private static final Map<String, String> SIGNS = Map.of("HKD", "HK$", "USD", "US$", "SGD", "S$", "EUR", "€");

    private final PdfCanvas canvas;
    private final Invoice invoice;

    private InvoicePdf(PdfCanvas canvas, Invoice invoice) {
        this.canvas = canvas;
        this.invoice = invoice;
    }

    /** The document's bytes. */
    public static byte[] draw(Invoice... invoices) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PdfCanvas canvas = PdfCanvas.open(List.of(invoices).hashCode())) {
            for (Invoice invoice : invoices) {
                new InvoicePdf(canvas, invoice).draw();
            }
            canvas.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void draw() throws IOException {
        canvas.newPage();
        head();
        totals(lines());
    }

    private void head() throws IOException {
        canvas.right(RIGHT, 48, "INVOICE");
        canvas.right(RIGHT, 67.5f, "# " + invoice.number());
        block(LEFT, 150, invoice.seller());
        canvas.left(LEFT, 192, "Bill To:");
        block(LEFT, 205, invoice.billTo());
        canvas.left(SHIP_TO, 192, "Ship To:");
        block(SHIP_TO, 205, invoice.shipTo());
        labelled(118, "Date:", DATE.format(invoice.date()));
        labelled(139.5f, "Payment Terms:", invoice.paymentMethod());
        labelled(161, "Member No.:", invoice.memberNumber());
        labelled(183, "PO Number:", invoice.poNumber());
        labelled(207, "Balance Due:", money(invoice.amounts().balanceDue()));
    }

    private void block(float x, float y, Party party) throws IOException {
        List<String> lines = Stream.of(party.name(), party.address(), party.city())
                .filter(text -> text != null)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            canvas.left(x, y + i * LINE, lines.get(i));
        }
    }

    /** Draws the table and returns its end on the last page. */
    private float lines() throws IOException {
        float y = headings(FIRST_TABLE);
        for (Line line : invoice.lines()) {
            List<String> name = canvas.wrap(line.item(), ITEM_WIDTH);
            if (y > BOTTOM) {
                y = nextPage();
            }
            canvas.left(QUANTITY, y, String.format(Locale.ROOT, "%,d", line.quantity()));
            canvas.right(UNIT_PRICE, y, money(line.unitPrice()));
            canvas.right(RIGHT, y, money(line.amount()));
            for (int i = 0; i < name.size(); i++) {
                if (i > 0) {
                    y += LINE;
                }
                if (y > BOTTOM) {
                    y = nextPage();
                }
                canvas.left(44, y, name.get(i));
            }
            y += 17;
        }
        return y;
    }

    private float headings(float y) throws IOException {
        canvas.left(44, y, "Item");
        canvas.left(QUANTITY, y, "Quantity");
        canvas.right(UNIT_PRICE, y, "Unit Price");
        canvas.right(RIGHT, y, "Amount");
        return y + 25;
    }

    private float nextPage() throws IOException {
        canvas.newPage();
        return headings(NEXT_TABLE);
    }

    private void totals(float end) throws IOException {
        float y = end + 48;
        if (y + TOTALS_HEIGHT > BOTTOM + 40) {
            canvas.newPage();
            y = NEXT_TABLE;
        }
        Amounts amounts = invoice.amounts();
        labelled(y, "Subtotal:", money(amounts.subtotal()));
        BigDecimal percent = amounts.discountPercent();
        if (percent != null || amounts.discountAmount().signum() != 0) {
            String share =
                    percent == null ? "" : " (" + percent.stripTrailingZeros().toPlainString() + "%)";
            labelled(y += 22, "Discount" + share + ":", money(amounts.discountAmount()));
        }
        labelled(y += 22, "Total:", money(amounts.total()));
        if (amounts.amountPaid().signum() != 0) {
            labelled(y += 22, "Amount Paid:", money(amounts.amountPaid()));
        }
        if (invoice.terms() != null) {
            canvas.left(LEFT, y += 44, "Terms:");
            for (String line : canvas.wrap(invoice.terms(), RIGHT - LEFT)) {
                canvas.left(LEFT, y += LINE, line);
            }
        }
    }

    /** Draws a label and its value, if there is a value. */
    private void labelled(float y, String label, String value) throws IOException {
        if (value != null) {
            canvas.right(LABELS, y, label);
            canvas.right(RIGHT, y, value);
        }
    }

    private String money(BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        String currency = invoice.currency();
        DecimalFormat format = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return (amount.signum() < 0 ? "-" : "")
                + SIGNS.getOrDefault(currency, currency + " ")
                + format.format(amount.abs());
    }
}
