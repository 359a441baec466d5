package dev.lakehouse.cli;

/** How results of SQL are printed. */
enum SqlFormat {
    /** Columns side by side, for people; at most the first thousand rows. */
    TABLE,
    /** Comma-separated values with a header line. */
    CSV,
    /** One JSON object a row, one row a line. */
    JSON
}
