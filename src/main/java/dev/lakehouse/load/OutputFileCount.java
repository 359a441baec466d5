package dev.lakehouse.load;

/**
 * How many files rows are written to: enough that a query for a month reads only some of them, few enough that each is
 * worth a request, and none so large that rewriting it is slow.
 */
final class OutputFileCount {
    static final long MOST_ROWS = 2_000_000;

    private static final long FEWEST_ROWS = 10_000;
    private static final int WANTED_FILES = 24;

    private OutputFileCount() {}

    static int of(long rows) {
        long perFile = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, rows / WANTED_FILES));
        return (int) Math.max(1, (rows + perFile - 1) / perFile);
    }
}
