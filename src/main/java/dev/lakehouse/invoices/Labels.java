package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRow;
import dev.lakehouse.source.files.pdf.TextRun;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The labels of values on an invoice. */
enum Labels {
    BILL_TO("Bill To"),
    SHIP_TO("Ship To"),
    DATE("Date"),
    DUE_DATE("Due Date"),
    PAYMENT_TERMS("Payment Terms"),
    MEMBER_NUMBER("Member No\\.?"),
    PO_NUMBER("PO Number"),
    SUBTOTAL("Subtotal"),
    DISCOUNT("Discount(?: \\([-\u2013\u2212]?(?<percent>\\d{1,3}(?:[.,]\\d{1,2})?) ?%\\))?"),
    TOTAL("Total"),
    AMOUNT_PAID("Amount Paid"),
    BALANCE_DUE("Balance Due"),
    NOTES("Notes"),
    TERMS("Terms");

    /** The labels of amounts. */
    static final List<Labels> AMOUNTS = List.of(SUBTOTAL, DISCOUNT, TOTAL, AMOUNT_PAID, BALANCE_DUE);

    private final Pattern pattern;

    Labels(String words) {
        pattern = Pattern.compile("(?i)" + words + ":(?<rest>.*)", Pattern.DOTALL);
    }

    /** Whether a text begins with this label. */
    boolean starts(TextRun piece) {
        return matcher(piece).matches();
    }

    /** Whether a row has a label, such as {@code Total:}. */
    static boolean isIn(TextRow row) {
        return row.pieces().stream().anyMatch(Labels::startsWithAny);
    }

    /** Whether a text begins with any label. */
    static boolean startsWithAny(TextRun piece) {
        for (Labels label : values()) {
            if (label.starts(piece)) {
                return true;
            }
        }
        return false;
    }

    /** The text after the label in the same run; may be empty. */
    String rest(TextRun piece) {
        Matcher matcher = matcher(piece);
        return matcher.matches() ? matcher.group("rest").strip() : "";
    }

    /** The percentage in a discount's label, or null. */
    static String percent(TextRun piece) {
        Matcher matcher = DISCOUNT.matcher(piece);
        return matcher.matches() && matcher.group("percent") != null
                ? matcher.group("percent").replace(',', '.')
                : null;
    }

    private Matcher matcher(TextRun piece) {
        return pattern.matcher(piece.text());
    }
}
