package dev.lakehouse.ledger;

import java.util.Locale;

/** The counts of a task run, and what a load has proven. Each is a column of {@code ops.task_runs}, whose DDL describes it. */
public enum Measure {
    ROWS_READ,
    ROWS_WRITTEN,
    ROWS_INSERTED,
    ROWS_UPDATED,
    ROWS_DELETED,
    ROWS_QUARANTINED,
    ROWS_STALE,
    ROWS_DEDUPLICATED,
    BYTES_WRITTEN,
    DATES_NULLED,
    TARGET_VERSION,
    QUARANTINE_VERSION,
    RULES;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
