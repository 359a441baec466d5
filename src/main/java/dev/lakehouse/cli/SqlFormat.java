package dev.lakehouse.cli;

/** How results of SQL are printed. */
enum SqlFormat {
    /** A text table of at most the first thousand rows. */
    TABLE,
    /** Comma-separated values with a header line. */
    CSV,
    /** JSON lines: one object per row. */
    JSON
}
