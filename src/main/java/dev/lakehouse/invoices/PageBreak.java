package dev.lakehouse.invoices;

import dev.lakehouse.invoices.TableRow.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Distinguishes, in the rows between two items, parts of the first item's name from letterheads and footers. */
final class PageBreak {
    private static final String PAGE = "(?: the)?(?: (?:next|following|previous|last|other|reverse))?"
            + "(?: (?:page|sheet|side|overleaf))?(?: \\d{1,4})?";
    private static final Pattern CONTINUED = Pattern.compile(
            "\\W*(?:(?:to be )?continue[sd]|cont['\u2019]?d|carried (?:forward|over)|brought"
                    + " (?:forward|over)|[bc]/f(?:wd)?|please turn"
                    + " over|p\\.?t\\.?o)\\W*(?:(?:on|from|to|over|overleaf)\\b" + PAGE + ")?\\W*",
            Pattern.CASE_INSENSITIVE);
    private static final double MOST_SIZES_BELOW_HEADINGS = 4;
    private static final double MOST_SIZES_ABOVE_THE_SUBTOTAL = 4;
    private static final double ROOM_IN_SIZES = 6;

    private final Wrapping wrapping;
    private final Furniture furniture;
    private final Map<Integer, TableRow> headings = new HashMap<>();
    private final Map<Integer, TableRow> tops = new HashMap<>();
    private final Map<Integer, Double> bottoms = new HashMap<>();
    private final Map<Integer, Double> ends = new HashMap<>();
    private final Map<Integer, Double> subtotals = new HashMap<>();
    private final Set<String> saidOutside = new HashSet<>();

    PageBreak(List<TableRow> rows, Wrapping wrapping, Furniture furniture) {
        this.wrapping = wrapping;
        this.furniture = furniture;
        for (TableRow row : rows) {
            double y = row.row().y();
            bottoms.merge(row.page(), y, Math::max);
            if (row.is(Kind.HEADINGS)) {
                headings.putIfAbsent(row.page(), row);
            }
            if (row.is(Kind.OUTSIDE)) {
                if (row.row().pieces().stream().anyMatch(Labels.SUBTOTAL::starts)) {
                    subtotals.putIfAbsent(row.page(), y);
                }
                row.row().pieces().forEach(piece -> saidOutside.add(Furniture.words(piece.text())));
            }
            if (!furniture.has(row.row())) {
                tops.putIfAbsent(row.page(), row);
                if (row.is(Kind.ITEM) || wrapping.isInColumn(row)) {
                    ends.merge(row.page(), y, Math::max);
                }
            }
        }
    }

    /**
     * The rows that belong to the table.
     *
     * @param last the item before them; null if there is none
     * @param between rows of one page that are not items
     * @param next the item after them; null if there is none
     */
    List<TableRow> belonging(TableRow last, List<TableRow> between, TableRow next) {
        int page = between.get(0).page();
        boolean beginsHere = last != null && last.page() == page;
        boolean endsHere = next != null && next.page() == page;
        if (beginsHere && endsHere) {
            return between;
        }
        List<TableRow> invoiced =
                between.stream().filter(row -> !furniture.has(row.row())).toList();
        if (beginsHere && subtotals.getOrDefault(page, 0.0) > last.row().y()) {
            return aboveTheSubtotal(last, invoiced);
        }
        List<TableRow> own = invoiced.stream()
                .filter(row -> !CONTINUED.matcher(row.row().text()).matches())
                .toList();
        if (beginsHere) {
            return following(last, own);
        }
        TableRow head = headings.get(page);
        if (head == null) {
            return last == null ? List.of() : withoutHeadings(last, own, endsHere ? next : null);
        }
        List<TableRow> below =
                own.stream().filter(row -> row.row().y() > head.row().y()).toList();
        return endsHere ? below : belowHeadings(head, below);
    }

    /** The rows from the item down to the first separate row. */
    private List<TableRow> following(TableRow last, List<TableRow> own) {
        List<TableRow> following = new ArrayList<>();
        TableRow above = last;
        for (TableRow row : own) {
            boolean isMore = wrapping.goesOn(above, row) || (row.is(Kind.OTHER) && wrapping.isClose(above, row));
            if (!isMore) {
                break;
            }
            following.add(row);
            above = row;
        }
        return following;
    }

    /** If the table ends on this page, there is no footer in between, so a name may have gaps. */
    private List<TableRow> aboveTheSubtotal(TableRow last, List<TableRow> own) {
        List<TableRow> found = new ArrayList<>();
        TableRow above = last;
        for (TableRow row : own) {
            boolean isMore = row.is(Kind.TEXT) ? wrapping.isInColumn(row) : wrapping.isClose(above, row);
            if (!isMore
                    || row.row().y() - above.row().y()
                            > MOST_SIZES_ABOVE_THE_SUBTOTAL * row.row().size()) {
                break;
            }
            found.add(row);
            above = row;
        }
        return found;
    }

    /** The rest of the document's last name, alone on a page. */
    private List<TableRow> belowHeadings(TableRow headings, List<TableRow> own) {
        if (own.isEmpty() || !wrapping.isInColumn(own.get(0))) {
            return List.of();
        }
        TableRow first = own.get(0);
        boolean isNear = first.row().y() - headings.row().y()
                <= MOST_SIZES_BELOW_HEADINGS * headings.row().size();
        return isNear ? withFirst(first, own) : List.of();
    }

    private List<TableRow> withFirst(TableRow first, List<TableRow> own) {
        List<TableRow> found = new ArrayList<>(List.of(first));
        found.addAll(following(first, own.subList(1, own.size())));
        return found;
    }

    /** The rest of a name on a page that does not repeat the headings. */
    private List<TableRow> withoutHeadings(TableRow last, List<TableRow> own, TableRow next) {
        List<TableRow> unsaid = own.stream()
                .filter(row -> !saidOutside.contains(Furniture.words(row.row().text())))
                .toList();
        return next == null ? onAPageOfItsOwn(last, unsaid) : above(next, unsaid);
    }

    private List<TableRow> onAPageOfItsOwn(TableRow last, List<TableRow> own) {
        if (own.isEmpty() || hasRoomBelow(last)) {
            return List.of();
        }
        TableRow first = own.get(0);
        boolean isAtTheTop = first.equals(tops.get(first.page()));
        return isAtTheTop && wrapping.isInColumn(first) ? withFirst(first, own) : List.of();
    }

    /** The rows from the item up to the first separate row. */
    private List<TableRow> above(TableRow next, List<TableRow> own) {
        List<TableRow> found = new ArrayList<>();
        TableRow below = next;
        for (int i = own.size() - 1; i >= 0; i--) {
            TableRow row = own.get(i);
            if (!row.is(Kind.TEXT) || !wrapping.isInColumn(row) || !wrapping.isClose(row, below)) {
                break;
            }
            found.add(0, row);
            below = row;
        }
        return found;
    }

    /** Whether there is space below. Then the name does not continue on the next page. */
    private boolean hasRoomBelow(TableRow last) {
        double end = ends.getOrDefault(last.page(), last.row().y());
        return end + ROOM_IN_SIZES * last.row().size() < bottoms.get(last.page());
    }
}
