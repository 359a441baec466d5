package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRow;
import dev.lakehouse.source.files.pdf.TextRun;
import java.util.Optional;

/**
 * The positions of the columns in a table of items: names and quantities are left-aligned with their headings, amounts
 * right-aligned.
 */
record Columns(TextRun item, TextRun quantity, TextRun unitPrice, TextRun amount) {

    /** The columns of a row of headings; empty if the row has no headings. */
    static Optional<Columns> of(TextRow row) {
        Optional<TextRun> item = find(row, "Item");
        Optional<TextRun> quantity = find(row, "Quantity");
        Optional<TextRun> unitPrice = find(row, "Unit Price");
        Optional<TextRun> amount = find(row, "Amount");
        return item.isPresent() && quantity.isPresent() && unitPrice.isPresent() && amount.isPresent()
                ? Optional.of(new Columns(item.get(), quantity.get(), unitPrice.get(), amount.get()))
                : Optional.empty();
    }

    private static Optional<TextRun> find(TextRow row, String heading) {
        return row.pieces().stream().filter(piece -> piece.says(heading)).findFirst();
    }

    Cells read(TextRow row) {
        String[] texts = new String[4];
        for (TextRun piece : row.pieces()) {
            int column = column(piece);
            texts[column] = Cells.joined(texts[column], piece.text());
        }
        return new Cells(texts[0], texts[1], texts[2], texts[3]);
    }

    private int column(TextRun piece) {
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
