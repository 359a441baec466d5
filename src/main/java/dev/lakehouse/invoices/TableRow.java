package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a document and its role in the table of items.
 *
 * @param columns the table's columns; empty outside the table
 * @param cells its texts by column; empty outside the table
 */
record TableRow(TextRow row, Kind kind, Optional<Columns> columns, Optional<Cells> cells) {

    /** The role of a row. */
    enum Kind {
        /** Before the first headings, after the subtotal, or above the headings of a later page. */
        OUTSIDE,
        HEADINGS,
        /** A row with an amount, which begins an invoice line. */
        ITEM,
        /** Text in the column of names: part of a name, or a letterhead or footer. */
        TEXT,
        OTHER
    }

    /** The rows of a document: the table runs from its headings to the subtotal. */
    static List<TableRow> of(List<TextRow> rows) {
        List<TableRow> read = new ArrayList<>();
        Optional<Columns> columns = Optional.empty();
        for (TextRow row : rows) {
            Optional<Columns> headings = Columns.of(row);
            if (headings.isPresent()) {
                columns = headings;
                read.add(new TableRow(row, Kind.HEADINGS, headings, Optional.empty()));
            } else if (row.pieces().stream().anyMatch(Labels.SUBTOTAL::starts)) {
                columns = Optional.empty();
                read.add(outside(row));
            } else {
                read.add(columns.map(in -> inside(row, in)).orElseGet(() -> outside(row)));
            }
        }
        return withoutWhatIsAboveHeadings(read);
    }

    private static TableRow outside(TextRow row) {
        return new TableRow(row, Kind.OUTSIDE, Optional.empty(), Optional.empty());
    }

    private static TableRow inside(TextRow row, Columns columns) {
        Cells cells = columns.read(row);
        if (Labels.isIn(row) && !cells.isWholeItem() && !cells.isText()) {
            return outside(row);
        }
        Kind kind = cells.isItem() ? Kind.ITEM : cells.isText() ? Kind.TEXT : Kind.OTHER;
        return new TableRow(row, kind, Optional.of(columns), Optional.of(cells));
    }

    /** If a page repeats the headings, rows above them are its head, unless they are items. */
    private static List<TableRow> withoutWhatIsAboveHeadings(List<TableRow> rows) {
        List<TableRow> read = new ArrayList<>(rows);
        Set<Integer> headed = new HashSet<>();
        Set<Integer> continued = new HashSet<>();
        for (TableRow row : rows) {
            if (row.kind == Kind.HEADINGS) {
                headed.add(row.page());
            } else if (!headed.contains(row.page())
                    && row.cells.filter(Cells::isWholeItem).isPresent()) {
                continued.add(row.page());
            }
        }
        headed.removeAll(continued);
        Set<Integer> below = new HashSet<>();
        read.replaceAll(row -> {
            if (row.kind == Kind.HEADINGS) {
                below.add(row.page());
            }
            return headed.contains(row.page()) && !below.contains(row.page()) ? outside(row.row) : row;
        });
        return read;
    }

    int page() {
        return row.page();
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether its content excludes that it is the head or foot of a page. */
    boolean isCore() {
        return kind == Kind.HEADINGS || kind == Kind.ITEM || Labels.isIn(row);
    }
}
