package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the parts of an invoice by where they stand: values right of their labels, addresses below theirs, items below
 * the headings of their table.
 */
final class InvoiceParser {
    private static final Pattern INVOICE = Pattern.compile("(?i)(tax )?invoice");
    private static final Pattern CREDIT_NOTE = Pattern.compile("(?i)credit (note|memo|invoice)");
    private static final Pattern NUMBER = Pattern.compile("#\\s*(.*)");
    private static final Pattern LABEL = Pattern.compile("(.+):");
    private static final double ALIGNED = 20;
    private static final double SELLER_WIDTH = 100;
    private static final BigDecimal ZERO = new BigDecimal("0.00");

    private final ItemTable table;
    private final List<Piece> pieces;
    private final Set<Piece> taken = new HashSet<>();
    private final Set<String> currencies = new HashSet<>();

    private InvoiceParser(List<Piece> all) {
        this.table = ItemTable.in(all);
        this.pieces = all.stream().filter(piece -> !table.holds(piece)).toList();
    }

    /** What a document turned out to be. */
    sealed interface Parsed {}

    /** One invoice, as far as it could be read. */
    record Found(Invoice invoice) implements Parsed {}

    /** Nothing that can be taken for one invoice. */
    record NotOne(String reason, Optional<String> number) implements Parsed {}

    /** Reads the pieces of a document, in reading order. */
    static Parsed parse(List<Piece> pieces) {
        return new InvoiceParser(pieces).parse();
    }

    private Parsed parse() {
        Set<String> numbers = matching(NUMBER)
                .map(matcher -> matcher.group(1).strip())
                .filter(number -> !number.isEmpty())
                .collect(Collectors.toSet());
        Optional<String> number = numbers.stream().min(String::compareTo);
        if (matching(CREDIT_NOTE).findAny().isPresent()) {
            return new NotOne("a credit note, which is not an invoice", number);
        }
        if (matching(INVOICE).findAny().isEmpty()) {
            return new NotOne("not an invoice: it has no such title", number);
        }
        if (numbers.size() > 1 || pieces.stream().filter(Labels.TOTAL::starts).count() > 1) {
            return new NotOne("several invoices in one file", number);
        }
        Optional<String> unknown = unknownAmount();
        return unknown.isPresent()
                ? new NotOne("an amount that is not known to invoices here: " + unknown.get(), number)
                : new Found(invoice(number.orElse(null)));
    }

    private Stream<Matcher> matching(Pattern pattern) {
        return pieces.stream().map(piece -> pattern.matcher(piece.text())).filter(Matcher::matches);
    }

    /** Such as tax or shipping: with it, the total is not what the known amounts say. */
    private Optional<String> unknownAmount() {
        Optional<Piece> subtotal = find(Labels.SUBTOTAL);
        return pieces.stream()
                .filter(piece -> subtotal.filter(piece::isBelow).isPresent())
                .filter(piece -> !Labels.startsWithAny(piece))
                .filter(piece -> LABEL.matcher(piece.text()).matches())
                .filter(piece -> Money.parse(rightOf(piece)).isPresent())
                .map(piece -> piece.text().replaceFirst(":$", ""))
                .findFirst();
    }

    private Invoice invoice(String number) {
        pieces.stream()
                .filter(piece -> Labels.startsWithAny(piece)
                        || INVOICE.matcher(piece.text()).matches()
                        || NUMBER.matcher(piece.text()).matches())
                .forEach(taken::add);
        String date = value(Labels.DATE);
        String paymentMethod = value(Labels.PAYMENT_TERMS);
        String memberNumber = value(Labels.MEMBER_NUMBER);
        String poNumber = value(Labels.PO_NUMBER);
        Amounts amounts = amounts();
        table.amounts().forEach(text -> Money.parse(text).ifPresent(money -> currencies.add(money.currency())));
        return new Invoice(
                number,
                date == null ? null : PrintedDate.parse(date).orElse(null),
                Address.party(sellerBlock()),
                memberNumber,
                Address.party(blockBelow(Labels.BILL_TO)),
                Address.party(blockBelow(Labels.SHIP_TO)),
                poNumber,
                paymentMethod,
                currencies.size() == 1 ? currencies.iterator().next() : null,
                table.lines(),
                amounts,
                terms());
    }

    private Amounts amounts() {
        BigDecimal percent =
                find(Labels.DISCOUNT).map(Labels::percent).map(BigDecimal::new).orElse(null);
        return new Amounts(
                amount(Labels.SUBTOTAL, null),
                percent,
                amount(Labels.DISCOUNT, ZERO),
                amount(Labels.TOTAL, null),
                amount(Labels.AMOUNT_PAID, ZERO),
                amount(Labels.BALANCE_DUE, null));
    }

    /** Null where it is there and cannot be read. */
    private BigDecimal amount(Labels label, BigDecimal whereMissing) {
        if (find(label).isEmpty()) {
            return whereMissing;
        }
        Optional<Money> money = Optional.ofNullable(value(label)).flatMap(Money::parse);
        money.ifPresent(found -> currencies.add(found.currency()));
        return money.map(Money::amount).orElse(null);
    }

    private Optional<Piece> find(Labels label) {
        return pieces.stream().filter(label::starts).findFirst();
    }

    private String value(Labels label) {
        String text = find(label)
                .map(piece -> (label.rest(piece) + " " + rightOf(piece)).strip())
                .orElse("");
        return text.isEmpty() ? null : text;
    }

    private String rightOf(Piece label) {
        List<Piece> right = pieces.stream()
                .filter(piece -> piece.isOnLineOf(label) && piece.x() >= label.right() - 1)
                .filter(piece -> !Labels.startsWithAny(piece))
                .toList();
        taken.addAll(right);
        return right.stream().map(Piece::text).collect(Collectors.joining(" "));
    }

    /** At the left of the first page, above the customer; the values beside it are taken by now. */
    private List<String> sellerBlock() {
        double left = pieces.stream().mapToDouble(Piece::x).min().orElse(0);
        Optional<Piece> end =
                find(Labels.BILL_TO).or(() -> find(Labels.SHIP_TO)).or(table::top);
        return pieces.stream()
                .filter(piece -> !taken.contains(piece) && piece.x() < left + SELLER_WIDTH)
                .filter(piece -> end.filter(below -> below.isBelow(piece)).isPresent())
                .map(Piece::text)
                .toList();
    }

    private List<String> blockBelow(Labels label) {
        Optional<Piece> above = find(label);
        List<String> lines = new ArrayList<>();
        above.map(label::rest).filter(rest -> !rest.isEmpty()).ifPresent(lines::add);
        pieces.stream()
                .filter(piece -> !taken.contains(piece))
                .filter(piece -> above.filter(head -> piece.page() == head.page()
                                && piece.isBelow(head)
                                && Math.abs(piece.x() - head.x()) <= ALIGNED)
                        .isPresent())
                .filter(piece -> table.top().filter(top -> !top.isBelow(piece)).isEmpty())
                .map(Piece::text)
                .forEach(lines::add);
        return lines;
    }

    private String terms() {
        Optional<Piece> head = find(Labels.TERMS);
        String text = head.map(Labels.TERMS::rest).orElse("") + " "
                + pieces.stream()
                        .filter(piece -> !taken.contains(piece))
                        .filter(piece -> head.filter(piece::isBelow).isPresent())
                        .map(Piece::text)
                        .collect(Collectors.joining(" "));
        return text.isBlank() ? null : text.strip();
    }
}
