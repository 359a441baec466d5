package dev.lakehouse.invoices;

import dev.lakehouse.invoices.Invoice.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The table of items on an invoice: below a row of its headings on each page, up to the subtotal. An item's name may
 * take several rows and go on on the next page.
 */
final class ItemTable {
    private static final Pattern PAGE_NUMBER = Pattern.compile("(?i)(page )?\\d+( of | ?/ ?)\\d+");
    private static final Pattern QUANTITY = Pattern.compile("-?(\\d{1,3}(,\\d{3})+|\\d{1,9})");

    private final List<Row> rows = new ArrayList<>();
    private final Set<Piece> pieces = new HashSet<>();
    private Optional<Piece> top = Optional.empty();

    private ItemTable() {}

    /** Finds it among the pieces of a document, which are in reading order. */
    static ItemTable in(List<Piece> pieces) {
        ItemTable table = new ItemTable();
        Optional<Columns> columns = Optional.empty();
        for (List<Piece> row : rows(pieces)) {
            Optional<Columns> headings = Columns.of(row);
            if (headings.isPresent()) {
                columns = headings;
                table.top = table.top.or(() -> Optional.of(row.get(0)));
                table.pieces.addAll(row);
            } else if (row.stream().anyMatch(piece -> Labels.SUBTOTAL.starts(piece))) {
                columns = Optional.empty();
            } else if (columns.isPresent()) {
                table.add(row, columns.get());
            }
        }
        return table;
    }

    private static List<List<Piece>> rows(List<Piece> pieces) {
        List<List<Piece>> rows = new ArrayList<>();
        for (Piece piece : pieces) {
            List<Piece> last = rows.isEmpty() ? List.of() : rows.get(rows.size() - 1);
            if (last.isEmpty() || !piece.isOnLineOf(last.get(0))) {
                last = new ArrayList<>();
                rows.add(last);
            }
            last.add(piece);
        }
        return rows;
    }

    private void add(List<Piece> row, Columns columns) {
        pieces.addAll(row);
        Row read = columns.read(row);
        boolean isPageNumber =
                row.size() == 1 && PAGE_NUMBER.matcher(row.get(0).text()).matches();
        if (isPageNumber) {
            return;
        }
        if (read.isNameOnly() && !rows.isEmpty()) {
            rows.add(rows.remove(rows.size() - 1).with(read.item));
        } else {
            rows.add(read);
        }
    }

    /** Its first heading; empty where there is no table. */
    Optional<Piece> top() {
        return top;
    }

    boolean holds(Piece piece) {
        return pieces.contains(piece);
    }

    /** Its lines; of one that cannot be read whole some parts are null. */
    List<Line> lines() {
        return rows.stream()
                .map(row -> new Line(row.item, quantity(row.quantity), amount(row.unitPrice), amount(row.amount)))
                .toList();
    }

    /** The amounts on it, as they are printed. */
    List<String> amounts() {
        List<String> amounts = new ArrayList<>();
        for (Row row : rows) {
            amounts.add(row.unitPrice);
            amounts.add(row.amount);
        }
        amounts.removeIf(text -> text == null);
        return amounts;
    }

    private static Integer quantity(String text) {
        return text != null && QUANTITY.matcher(text).matches() ? Integer.valueOf(text.replace(",", "")) : null;
    }

    private static BigDecimal amount(String text) {
        return text == null ? null : Money.parse(text).map(Money::amount).orElse(null);
    }

    /** Texts of a row; null where a column has none. */
    private record Row(String item, String quantity, String unitPrice, String amount) {
        boolean isNameOnly() {
            return item != null && quantity == null && unitPrice == null && amount == null;
        }

        Row with(String more) {
            return new Row(joined(item, more), quantity, unitPrice, amount);
        }
    }

    private static String joined(String before, String text) {
        return before == null ? text : before + " " + text;
    }

    /** Where the columns are: names and quantities begin below their headings, amounts end below them. */
    private record Columns(Piece item, Piece quantity, Piece unitPrice, Piece amount) {

        static Optional<Columns> of(List<Piece> row) {
            Optional<Piece> item = find(row, "Item");
            Optional<Piece> quantity = find(row, "Quantity");
            Optional<Piece> unitPrice = find(row, "Unit Price");
            Optional<Piece> amount = find(row, "Amount");
            return item.isPresent() && quantity.isPresent() && unitPrice.isPresent() && amount.isPresent()
                    ? Optional.of(new Columns(item.get(), quantity.get(), unitPrice.get(), amount.get()))
                    : Optional.empty();
        }

        private static Optional<Piece> find(List<Piece> row, String heading) {
            return row.stream().filter(piece -> piece.says(heading)).findFirst();
        }

        Row read(List<Piece> row) {
            String[] texts = new String[4];
            for (Piece piece : row) {
                int column = column(piece);
                texts[column] = joined(texts[column], piece.text());
            }
            return new Row(texts[0], texts[1], texts[2], texts[3]);
        }

        private int column(Piece piece) {
            double toQuantity = Math.abs(piece.x() - quantity.x());
            double toPrice = Math.abs(piece.right() - unitPrice.right());
            double toAmount = Math.abs(piece.right() - amount.right());
            if (piece.x() < quantity.x() - (quantity.right() - quantity.x())) {
                return 0;
            }
            if (toQuantity <= toPrice && toQuantity <= toAmount) {
                return 1;
            }
            return toPrice <= toAmount ? 2 : 3;
        }
    }
}
