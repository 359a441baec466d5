package dev.lakehouse.source.files.pdf;

import java.util.Comparator;

/**
 * A run of text on a page, in points from the page's upper left corner.
 *
 * @param page from 1
 * @param x where it begins
 * @param right where it ends
 * @param y its baseline
 * @param size of its font
 */
public record TextRun(int page, double x, double right, double y, double size, String text) {
    /**
     * The largest difference between baselines in one line of text. Bold and plain text are positioned slightly
     * differently.
     */
    private static final double SAME_LINE = 4;

    static final Comparator<TextRun> IN_READING_ORDER = Comparator.comparingInt(TextRun::page)
            .thenComparingDouble(TextRun::y)
            .thenComparingDouble(TextRun::x);

    public boolean isOnLineOf(TextRun other) {
        return page == other.page && Math.abs(y - other.y) <= SAME_LINE;
    }

    public boolean isBelow(TextRun other) {
        return page > other.page || (page == other.page && y > other.y + SAME_LINE);
    }

    public boolean says(String words) {
        return text.equalsIgnoreCase(words);
    }
}
