package dev.lakehouse.invoices;

import dev.lakehouse.invoices.TableRow.Kind;
import dev.lakehouse.source.files.pdf.TextRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How names of items continue in a second row: below the first row, in its column and font size, with at most the
 * distance of table rows. A footer has a larger distance, another position, or another size.
 */
record Wrapping(double pitch, double leftmost, double rightmost) {
    private static final double MOST_SIZES = 2;
    private static final double TOLERANCE = 3;
    private static final double INDENT = 36;
    private static final double SAME_SIZE = 0.6;

    /** Measures the rows with items of a document. */
    static Wrapping in(List<TableRow> rows) {
        double pitch = Double.MAX_VALUE;
        double leftmost = Double.MAX_VALUE;
        double rightmost = 0;
        for (int i = 0; i < rows.size(); i++) {
            TableRow row = rows.get(i);
            if (row.is(Kind.ITEM) && row.cells().orElseThrow().item() != null) {
                double heading = row.columns().orElseThrow().item().x();
                leftmost = Math.min(leftmost, Math.min(heading, row.row().left()));
                rightmost = Math.max(rightmost, Math.max(heading, row.row().left()));
            }
            TableRow before = i == 0 ? row : rows.get(i - 1);
            boolean isBelowARow = before.is(Kind.ITEM) || before.is(Kind.TEXT);
            if (row.is(Kind.ITEM) && isBelowARow && i > 0 && before.page() == row.page()) {
                pitch = Math.min(pitch, row.row().y() - before.row().y());
            }
        }
        return new Wrapping(pitch, leftmost, rightmost);
    }

    /** Whether a row is text that continues the row above it. */
    boolean goesOn(TableRow above, TableRow below) {
        return below.is(Kind.TEXT)
                && isInColumn(below)
                && isClose(above, below)
                && Math.abs(above.row().size() - below.row().size()) <= SAME_SIZE;
    }

    /** Whether the distance of two rows is at most that of table rows. */
    boolean isClose(TableRow above, TableRow below) {
        double most = Math.min(
                pitch + 1, MOST_SIZES * Math.max(above.row().size(), below.row().size()));
        return above.page() == below.page() && below.row().y() - above.row().y() <= most;
    }

    /** Whether a row is in the column of names. */
    boolean isInColumn(TableRow row) {
        TextRow text = row.row();
        return text.left() >= leftmost - TOLERANCE
                && text.left() <= rightmost + INDENT
                && row.columns()
                        .filter(columns -> text.right() <= columns.quantity().x())
                        .isPresent();
    }

    /** The rows of text that continue the last item of their page. */
    Set<TextRow> atTheEndsOfPages(List<TableRow> rows) {
        Set<TextRow> found = new HashSet<>();
        TableRow last = null;
        for (TableRow row : rows) {
            if (row.is(Kind.ITEM)) {
                found.removeIf(text -> text.page() == row.page());
                last = row;
            } else if (last != null && goesOn(last, row)) {
                found.add(row.row());
                last = row;
            } else {
                last = null;
            }
        }
        return found;
    }
}
