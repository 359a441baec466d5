package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Line;
import dev.lakehouse.invoices.TableRow.Kind;
import dev.lakehouse.source.files.pdf.TextRow;
import dev.lakehouse.source.files.pdf.TextRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The table of items on an invoice: from a row of headings on each page to the subtotal. An item's name may have
 * several rows and continue on the next page; letterheads and footers in between are not part of it.
 */
final class ItemTable {
    /** A line of the invoice, or a sum that is carried forward. */
    private record Draft(int page, Cells cells) {}

    private final List<Draft> drafts = new ArrayList<>();
    private final Set<TextRun> pieces = new HashSet<>();
    private final Furniture furniture;
    private final Optional<TextRun> top;

    private ItemTable(List<TableRow> rows) {
        Wrapping wrapping = Wrapping.in(rows);
        furniture = Furniture.in(rows, wrapping.atTheEndsOfPages(rows));
        top = rows.stream()
                .filter(row -> row.is(Kind.HEADINGS))
                .map(row -> row.row().pieces().get(0))
                .findFirst();
        assemble(rows, new PageBreak(rows, wrapping, furniture));
    }

    /** Finds the table in the runs of a document, which are in reading order. */
    static ItemTable in(List<TextRun> pieces) {
        return new ItemTable(TableRow.of(TextRow.of(pieces)));
    }

    private void assemble(List<TableRow> rows, PageBreak breaks) {
        TableRow last = null;
        List<TableRow> between = new ArrayList<>();
        for (TableRow row : rows) {
            if (row.is(Kind.HEADINGS)) {
                pieces.addAll(row.row().pieces());
            } else if (row.is(Kind.ITEM)) {
                addBelonging(last, between, row, breaks);
                between.clear();
                add(row);
                last = row;
            } else if (!row.is(Kind.OUTSIDE)) {
                between.add(row);
            }
        }
        addBelonging(last, between, null, breaks);
    }

    private void addBelonging(TableRow last, List<TableRow> between, TableRow next, PageBreak breaks) {
        Map<Integer, List<TableRow>> pages = new TreeMap<>();
        between.forEach(row ->
                pages.computeIfAbsent(row.page(), page -> new ArrayList<>()).add(row));
        pages.values().forEach(page -> breaks.belonging(last, page, next).forEach(this::add));
    }

    private void add(TableRow row) {
        pieces.addAll(row.row().pieces());
        Cells cells = row.cells().orElseThrow();
        int named = drafts.size() - 1;
        while (named > 0 && isBroughtForward(named)) {
            named--;
        }
        if (row.is(Kind.TEXT) && named >= 0) {
            Draft draft = drafts.get(named);
            drafts.set(named, new Draft(draft.page, draft.cells.with(cells.item())));
        } else {
            drafts.add(new Draft(row.page(), cells));
        }
    }

    /** Whether a row is a sum at the head of a page, which may be between two parts of a name. */
    private boolean isBroughtForward(int index) {
        Draft draft = drafts.get(index);
        return draft.cells.isSum() && drafts.get(index - 1).page < draft.page;
    }

    /** The first heading; empty if there is no table. */
    Optional<TextRun> top() {
        return top;
    }

    boolean holds(TextRun piece) {
        return pieces.contains(piece);
    }

    /** Letterheads, footers and page numbers. */
    Furniture furniture() {
        return furniture;
    }

    /** The lines. Parts that cannot be read are null. */
    List<Line> lines(Reading reading) {
        List<Line> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal sumOfPage = BigDecimal.ZERO;
        for (int i = 0; i < drafts.size(); i++) {
            if (i > 0 && drafts.get(i - 1).page != drafts.get(i).page) {
                sumOfPage = BigDecimal.ZERO;
            }
            Cells cells = drafts.get(i).cells;
            BigDecimal amount = reading.value(cells.amount());
            if (isAtAPageBreak(i) && (isSame(amount, sum) || isSame(amount, sumOfPage))) {
                continue;
            }
            lines.add(new Line(
                    cells.item(), reading.quantity(cells.quantity()), reading.value(cells.unitPrice()), amount));
            sum = amount == null ? sum : sum.add(amount);
            sumOfPage = amount == null ? sumOfPage : sumOfPage.add(amount);
        }
        return lines;
    }

    /** Whether a row can be a sum of a page, or one that is carried or brought forward. */
    private boolean isAtAPageBreak(int index) {
        Draft draft = drafts.get(index);
        boolean isOnSeveralPages = drafts.get(0).page != drafts.get(drafts.size() - 1).page;
        return draft.cells.isSum()
                && isOnSeveralPages
                && (onlySums(index, -1, draft.page) || onlySums(index, 1, draft.page));
    }

    private boolean onlySums(int index, int step, int page) {
        for (int i = index; i >= 0 && i < drafts.size() && drafts.get(i).page == page; i += step) {
            if (!drafts.get(i).cells.isSum()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(BigDecimal amount, BigDecimal sum) {
        return amount != null && sum.signum() > 0 && amount.compareTo(sum) == 0;
    }

    /** The printed amounts of the table. */
    List<PrintedAmount> amounts() {
        return drafts.stream()
                .flatMap(draft -> Stream.of(draft.cells.unitPrice(), draft.cells.amount()))
                .filter(Objects::nonNull)
                .flatMap(text -> PrintedAmount.parse(text).stream())
                .toList();
    }
}
