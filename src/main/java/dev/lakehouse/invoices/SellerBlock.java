package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the seller's name and address at the left of the first page. A single line that is repeated on every page is a
 * running head. A letterhead of several lines is the seller.
 */
final class SellerBlock {
    private static final double WIDTH = 100;
    private static final double APART_IN_SIZES = 2;

    private SellerBlock() {}

    /**
     * The seller's lines.
     *
     * @param above the runs above the customer, in reading order
     * @param left the left edge of the document's text
     */
    static List<String> in(List<TextRun> above, double left, Furniture furniture) {
        List<List<TextRun>> paragraphs = new ArrayList<>();
        TextRun last = null;
        for (TextRun piece : above) {
            if (piece.x() >= left + WIDTH || furniture.pageNumbers().contains(piece)) {
                continue;
            }
            boolean isApart = last == null
                    || piece.page() != last.page()
                    || piece.y() - last.y() > APART_IN_SIZES * Math.max(piece.size(), last.size());
            if (isApart) {
                paragraphs.add(new ArrayList<>());
            }
            paragraphs.get(paragraphs.size() - 1).add(piece);
            last = piece;
        }
        List<List<TextRun>> own = paragraphs.stream()
                .filter(paragraph -> paragraph.size() > 1 || !furniture.has(paragraph.get(0)))
                .toList();
        return (own.isEmpty() ? paragraphs : own)
                .stream().flatMap(List::stream).map(TextRun::text).toList();
    }
}
