package dev.lakehouse.table;

import java.time.Instant;
import java.util.Set;

/**
 * A commit in the history of a Delta table.
 *
 * @param version of the table after it
 * @param at when it was made, to the millisecond
 * @param operation as Delta names it; empty where its writer did not say
 * @param metadata the user metadata; empty if its writer gave none
 */
public record Commit(long version, Instant at, String operation, String metadata) {
    private static final Set<String> WITHOUT_ROWS = Set.of(
            "CREATE TABLE",
            "ADD CONSTRAINT",
            "DROP CONSTRAINT",
            "SET TBLPROPERTIES",
            "UNSET TBLPROPERTIES",
            "ADD COLUMNS");
    private static final Set<String> MAINTENANCE = Set.of("OPTIMIZE", "VACUUM START", "VACUUM END");

    /** Whether it wrote no rows. */
    public boolean isWithoutRows() {
        return WITHOUT_ROWS.contains(operation);
    }

    /** Whether it added columns, whose values no load has brought. */
    public boolean addsColumns() {
        return operation.equals("ADD COLUMNS");
    }

    /** Whether the table has the same rows after it as before. */
    public boolean keepsRows() {
        return isWithoutRows() || MAINTENANCE.contains(operation);
    }
}
