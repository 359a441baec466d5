package dev.lakehouse.ledger;

import java.util.Locale;

/** The counts of a task run. Each is a column of {@code ops.task_runs}, whose DDL describes it. */
public enum Measure {
    ROWS_READ,
    ROWS_WRITTEN,
    ROWS_INSERTED,
    ROWS_UPDATED,
    ROWS_DELETED,
    ROWS_QUARANTINED,
    ROWS_STALE,
    ROWS_DEDUPLICATED,
    BYTES_WRITTEN;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
