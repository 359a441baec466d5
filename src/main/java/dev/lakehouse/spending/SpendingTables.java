package dev.lakehouse.spending;

import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.source.files.TextFiles;

/** The tables of spending; their columns are described in {@code schemas/spending}. */
final class SpendingTables {
    /** A row is identified by its line: of its purchase, or of a customer without one. */
    static final KeyedTable COMBINED = KeyedTable.of("spending", "combined_data", TextFiles.FILE, TextFiles.LINE)
            .sortedBy("customer_id", TextFiles.FILE, TextFiles.LINE);

    static final KeyedTable TOTALS = KeyedTable.of("spending", "age_group_spending", "age_group");
    static final KeyedTable QUARANTINE =
            KeyedTable.of("spending", "spending_quarantine", TextFiles.FILE, TextFiles.LINE);

    private SpendingTables() {}
}
