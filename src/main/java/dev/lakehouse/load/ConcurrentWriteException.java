package dev.lakehouse.load;

import dev.lakehouse.UserError;
import dev.lakehouse.table.TableName;

/** Another writer changed a table after a plan was made against it. Nothing was written; plan again. */
public final class ConcurrentWriteException extends UserError {
    private static final long serialVersionUID = 1L;

    ConcurrentWriteException(TableName table, Exception origin) {
        super(
                "Another writer changed " + table + " during the load.",
                "Another load or a maintenance task made a commit that conflicts with this one.",
                "Run the load again. It starts from the current state of the tables.",
                origin);
    }
}
