package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the parts of an invoice by their positions: values to the right of their labels, addresses below their labels,
 * items below the headings of the table. Letterheads, footers and page numbers are ignored.
 */
final class InvoiceParser {
    private static final Pattern CREDIT_NOTE = Pattern.compile("(?i)credit (note|memo|invoice)");
    private static final Pattern LABEL = Pattern.compile("(.+):");
    private static final double ALIGNED = 20;
    /** The largest distance between lines of one text, in font sizes. */
    private static final double APART_IN_SIZES = 4;

    private final ItemTable table;
    private final InvoiceNumbers numbers;
    private final List<TextRun> pieces;
    private final List<TextRun> withFurniture;
    private final Set<TextRun> taken = new HashSet<>();

    private InvoiceParser(List<TextRun> all) {
        table = ItemTable.in(all);
        withFurniture = all.stream().filter(piece -> !table.holds(piece)).toList();
        numbers = InvoiceNumbers.in(withFurniture);
        pieces = withFurniture.stream()
                .filter(piece -> !table.furniture().has(piece))
                .toList();
    }

    /** The result of parsing a document. */
    sealed interface Parsed {}

    /** One invoice, as far as it could be read. */
    record Found(Invoice invoice) implements Parsed {}

    /** Not exactly one invoice. */
    record NotOne(String reason, Optional<String> number) implements Parsed {}

    /** Parses the runs of a document in reading order. */
    static Parsed parse(List<TextRun> pieces) {
        return new InvoiceParser(pieces).parse();
    }

    private Parsed parse() {
        Set<String> found = numbers.numbers();
        Optional<String> number = found.stream().min(String::compareTo);
        if (isThere(CREDIT_NOTE)) {
            return new NotOne("a credit note, which is not an invoice", number);
        }
        if (!isThere(InvoiceNumbers.TITLE)) {
            return new NotOne("not an invoice: it has no such title", number);
        }
        if (found.size() > 1 || pieces.stream().filter(Labels.TOTAL::starts).count() > 1) {
            return new NotOne("several invoices in one file", number);
        }
        Optional<String> unknown = unknownAmount();
        return unknown.isPresent()
                ? new NotOne("an amount that is not known to invoices here: " + unknown.get(), number)
                : invoice(number);
    }

    private boolean isThere(Pattern title) {
        return withFurniture.stream()
                .anyMatch(piece -> title.matcher(piece.text()).matches());
    }

    /** An unknown amount such as tax or shipping, with which the total differs from the known amounts. */
    private Optional<String> unknownAmount() {
        Optional<TextRun> subtotal = find(Labels.SUBTOTAL);
        return pieces.stream()
                .filter(piece -> subtotal.filter(piece::isBelow).isPresent())
                .filter(piece -> !Labels.startsWithAny(piece))
                .filter(piece -> LABEL.matcher(piece.text()).matches())
                .filter(piece -> PrintedAmount.isMoney(rightOf(piece)))
                .map(piece -> piece.text().replaceFirst(":$", ""))
                .findFirst();
    }

    private Parsed invoice(Optional<String> number) {
        withFurniture.stream()
                .filter(piece -> Labels.startsWithAny(piece)
                        || InvoiceNumbers.TITLE.matcher(piece.text()).matches()
                        || numbers.pieces().contains(piece))
                .forEach(taken::add);
        Map<Labels, String> totals = totals();
        List<PrintedAmount> printed = new ArrayList<>(table.amounts());
        totals.values().forEach(text -> PrintedAmount.parse(text).ifPresent(printed::add));
        List<Reading> readings = Reading.of(printed);
        BigDecimal percent =
                find(Labels.DISCOUNT).map(Labels::percent).map(BigDecimal::new).orElse(null);
        List<Numbers> meanings = readings.stream()
                .map(reading -> Numbers.of(table, totals, percent, reading))
                .filter(meant -> readings.size() == 1 || meant.addUp())
                .toList();
        if (meanings.size() != 1) {
            return new NotOne(Reading.problem(readings, printed), number);
        }
        Optional<String> tooExact = readings.stream()
                .filter(reading -> Numbers.of(table, totals, percent, reading).equals(meanings.get(0)))
                .flatMap(reading -> reading.tooExact(printed).stream())
                .findFirst();
        return tooExact.isPresent()
                ? new NotOne("an amount with three decimals: " + tooExact.get(), number)
                : new Found(invoice(number.orElse(null), meanings.get(0), currency(printed)));
    }

    private static String currency(List<PrintedAmount> printed) {
        Set<String> currencies =
                printed.stream().flatMap(amount -> amount.currency().stream()).collect(Collectors.toSet());
        return currencies.size() == 1 ? currencies.iterator().next() : null;
    }

    private Invoice invoice(String number, Numbers numbers, String currency) {
        String date = value(Labels.DATE);
        String paymentMethod = value(Labels.PAYMENT_TERMS);
        String memberNumber = value(Labels.MEMBER_NUMBER);
        String poNumber = value(Labels.PO_NUMBER);
        return new Invoice(
                number,
                date == null ? null : PrintedDate.parse(date).orElse(null),
                Address.party(sellerBlock()),
                memberNumber,
                Address.party(blockBelow(Labels.BILL_TO)),
                Address.party(blockBelow(Labels.SHIP_TO)),
                poNumber,
                paymentMethod,
                currency,
                numbers.lines(),
                numbers.amounts(),
                terms());
    }

    /** The texts next to the labels of amounts that are present; empty if there is none. */
    private Map<Labels, String> totals() {
        Map<Labels, String> totals = new EnumMap<>(Labels.class);
        for (Labels label : Labels.AMOUNTS) {
            find(label).ifPresent(piece -> totals.put(label, value(piece, label)));
        }
        return totals;
    }

    /** The first run with a label. For subtotals, which some documents print on every page, that of the last page. */
    private Optional<TextRun> find(Labels label) {
        List<TextRun> found = pieces.stream().filter(label::starts).toList();
        int last = label == Labels.SUBTOTAL
                ? found.stream().mapToInt(TextRun::page).max().orElse(0)
                : 0;
        return found.stream().filter(piece -> piece.page() >= last).findFirst();
    }

    private String value(Labels label) {
        String text = find(label).map(piece -> value(piece, label)).orElse("");
        return text.isEmpty() ? null : text;
    }

    private String value(TextRun piece, Labels label) {
        return (label.rest(piece) + " " + rightOf(piece)).strip();
    }

    private String rightOf(TextRun label) {
        List<TextRun> right = pieces.stream()
                .filter(piece -> piece.isOnLineOf(label) && piece.x() >= label.right() - 1)
                .filter(piece -> !Labels.startsWithAny(piece))
                .toList();
        taken.addAll(right);
        return right.stream().map(TextRun::text).collect(Collectors.joining(" "));
    }

    /** The lines above the customer. The values next to them have already been removed. */
    private List<String> sellerBlock() {
        Optional<TextRun> end =
                find(Labels.BILL_TO).or(() -> find(Labels.SHIP_TO)).or(table::top);
        Predicate<TextRun> isAbove =
                piece -> end.filter(below -> below.isBelow(piece)).isPresent();
        double left = withFurniture.stream()
                .filter(piece -> !table.furniture().pageNumbers().contains(piece))
                .mapToDouble(TextRun::x)
                .min()
                .orElse(0);
        return SellerBlock.in(
                withFurniture.stream()
                        .filter(piece -> !taken.contains(piece) && isAbove.test(piece))
                        .toList(),
                left,
                table.furniture());
    }

    private List<String> blockBelow(Labels label) {
        Optional<TextRun> above = find(label);
        List<String> lines = new ArrayList<>();
        above.map(label::rest).filter(rest -> !rest.isEmpty()).ifPresent(lines::add);
        pieces.stream()
                .filter(piece -> !taken.contains(piece))
                .filter(piece -> above.filter(head -> piece.page() == head.page()
                                && piece.isBelow(head)
                                && Math.abs(piece.x() - head.x()) <= ALIGNED)
                        .isPresent())
                .filter(piece -> table.top().filter(top -> !top.isBelow(piece)).isEmpty())
                .map(TextRun::text)
                .forEach(lines::add);
        return lines;
    }

    /** The text from the label to a gap that is larger than between paragraphs. */
    private String terms() {
        Optional<TextRun> head = find(Labels.TERMS);
        StringBuilder text = new StringBuilder(head.map(Labels.TERMS::rest).orElse(""));
        TextRun above = head.orElse(null);
        for (TextRun piece : pieces) {
            if (above == null || taken.contains(piece) || !piece.isBelow(head.get())) {
                continue;
            }
            if (piece.page() == above.page() && piece.y() - above.y() > APART_IN_SIZES * above.size()) {
                break;
            }
            text.append(' ').append(piece.text());
            above = piece;
        }
        return text.toString().isBlank() ? null : text.toString().strip();
    }
}
