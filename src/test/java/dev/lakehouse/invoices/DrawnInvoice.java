package dev.lakehouse.invoices;

import dev.lakehouse.sample.invoices.PdfCanvas;
import dev.lakehouse.source.files.pdf.PdfReader;
import dev.lakehouse.source.files.pdf.PdfText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws an invoice from texts as they stand, so that a test decides on every place and every form of a number. */
public final class DrawnInvoice {
    static final float BOTTOM = 723;

    private static final float LEFT = 44;
    private static final float RIGHT = 567;
    private static final float LABELS = 462;
    private static final float ROW = 17;
    private static final float LINE = 12;
    private static final List<String> HEADINGS = List.of("Item", "Quantity", "Unit Price", "Amount");

    private final Map<Integer, List<Text>> pages = new TreeMap<>();
    private int page = 1;
    private float y;

    private record Text(float x, float y, String text, boolean endsAtX) {}

    private DrawnInvoice() {}

    /** An invoice with everything but items and amounts. */
    public static DrawnInvoice numbered(String number) {
        return withoutNumber().right(RIGHT, 67.5f, "# " + number);
    }

    static DrawnInvoice withoutNumber() {
        return new DrawnInvoice()
                .right(RIGHT, 48, "INVOICE")
                .label(118, "Date:", "Jan 15, 2024")
                .label(161, "Member No.:", "11134891")
                .left(48, 138, "East Star Retail Ltd.")
                .left(48, 150, "153 Harvest Lane")
                .left(48, 162, "Hong Kong")
                .left(48, 192, "Bill To:")
                .headings(290);
    }

    /** Lines below Bill To. */
    public DrawnInvoice billedTo(String... lines) {
        for (int i = 0; i < lines.length; i++) {
            left(48, 205 + LINE * i, lines[i]);
        }
        return this;
    }

    DrawnInvoice headings(float at) {
        y = at + 25;
        return left(LEFT, at, HEADINGS.get(0))
                .left(373, at, HEADINGS.get(1))
                .right(492, at, HEADINGS.get(2))
                .right(RIGHT, at, HEADINGS.get(3));
    }

    public DrawnInvoice row(String item, String quantity, String unitPrice, String amount) {
        float at = y;
        y += ROW;
        return left(LEFT, at, item)
                .left(373, at, quantity)
                .right(492, at, unitPrice)
                .right(RIGHT, at, amount);
    }

    /** One more line of the name above. */
    DrawnInvoice more(String text) {
        float at = y - ROW + LINE;
        y += LINE;
        return left(LEFT, at, text);
    }

    /** A row of text or of a sum, in the rhythm of the table. */
    DrawnInvoice line(String text, String amount) {
        float at = y;
        y += ROW;
        return left(LEFT, at, text).right(RIGHT, at, amount);
    }

    /** As many rows of 1.00 as fit on the page. */
    public DrawnInvoice filled(String item) {
        for (int i = 1; y <= BOTTOM; i++) {
            row(item + " " + i, "1", "HK$1.00", "HK$1.00");
        }
        return this;
    }

    public DrawnInvoice nextPage() {
        page++;
        return this;
    }

    public DrawnInvoice nextPage(float headings) {
        return nextPage().headings(headings);
    }

    /** Lets the table go on at a height. */
    DrawnInvoice at(float at) {
        y = at;
        return this;
    }

    /** Labels and amounts below the table. */
    public DrawnInvoice totals(String... labelsAndAmounts) {
        y += 30;
        for (int i = 0; i < labelsAndAmounts.length; i += 2) {
            label(y += 22, labelsAndAmounts[i], labelsAndAmounts[i + 1]);
        }
        return this;
    }

    /** Totals of an invoice with nothing paid. */
    public DrawnInvoice unpaid(String total) {
        return totals("Subtotal:", total, "Total:", total, "Balance Due:", total);
    }

    DrawnInvoice terms(String... lines) {
        left(48, y += 44, "Terms:");
        for (String line : lines) {
            left(48, y += LINE, line);
        }
        return this;
    }

    private DrawnInvoice label(float at, String label, String value) {
        return right(LABELS, at, label).right(RIGHT, at, value);
    }

    DrawnInvoice left(float x, float at, String text) {
        return add(page, new Text(x, at, text, false));
    }

    DrawnInvoice right(float x, float at, String text) {
        return add(page, new Text(x, at, text, true));
    }

    /** On every page that there is by now; %d is its number. */
    public DrawnInvoice onEveryPage(float x, float at, String text) {
        pages.keySet().forEach(number -> add(number, new Text(x, at, text.formatted(number), false)));
        return this;
    }

    /** On one page. */
    DrawnInvoice onPage(int number, float x, float at, String text) {
        return add(number, new Text(x, at, text, false));
    }

    private DrawnInvoice add(int number, Text text) {
        pages.computeIfAbsent(number, none -> new ArrayList<>()).add(text);
        return this;
    }

    public byte[] draw() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PdfCanvas canvas = PdfCanvas.open(1)) {
            for (List<Text> texts : pages.values()) {
                canvas.newPage();
                for (Text text : texts) {
                    if (text.endsAtX) {
                        canvas.right(text.x, text.y, text.text);
                    } else {
                        canvas.left(text.x, text.y, text.text);
                    }
                }
            }
            canvas.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    InvoiceParser.Parsed parsed() {
        return InvoiceParser.parse(((PdfText.Legible) PdfReader.read(draw(), PrintedAmount::isWithCurrency)).pieces());
    }

    Invoice read() {
        InvoiceParser.Parsed parsed = parsed();
        if (parsed instanceof InvoiceParser.Found found) {
            return found.invoice();
        }
        throw new AssertionError("read as " + parsed);
    }

    /** The names of its items, as they are read. */
    List<String> items() {
        return read().lines().stream().map(Invoice.Line::item).toList();
    }

    /** Why it is not read. */
    String problem() {
        InvoiceParser.Parsed parsed = parsed();
        if (parsed instanceof InvoiceParser.NotOne not) {
            return not.reason();
        }
        throw new AssertionError("read as " + parsed);
    }
}
