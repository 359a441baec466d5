package dev.lakehouse.load;

import dev.lakehouse.UserError;
import dev.lakehouse.table.TableName;

/** Rows of a load violate a constraint of the table. Nothing was written. */
public final class RejectedRowsException extends UserError {
    private static final long serialVersionUID = 1L;

    RejectedRowsException(TableName table, RuntimeException origin) {
        super(
                "The load contains rows that " + table + " does not allow.",
                "They violate a CHECK or NOT NULL constraint of the table (the log names it), and no expectation"
                        + " quarantines them.",
                "Correct the rows at the source, relax the constraint, or add an expectation.",
                origin);
    }
}
