package dev.lakehouse.invoices;

import dev.lakehouse.source.files.pdf.TextRun;
import java.util.ArrayList;
import java.util.List;

/**
 * The seller's name and address: at the left of the first page. A line that every page repeats by itself is the running
 * head of the pages; a letterhead of several lines is the seller.
 */
final class SellerBlock {
    private static final double WIDTH = 100;
    private static final double APART_IN_SIZES = 2;

    private SellerBlock() {}

    /**
     * Its lines.
     *
     * @param above what stands above the customer, in reading order
     * @param left where the leftmost text of the document begins
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
