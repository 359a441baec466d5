package dev.lakehouse.table;

import dev.lakehouse.UserError;

/** Somebody else changed a table between the look at it and the commit, which was not made: look and try again. */
public final class ChangedMeanwhile extends UserError {
    private static final long serialVersionUID = 1L;

    ChangedMeanwhile(TableName table, RuntimeException origin) {
        super(
                "Somebody else changed " + table + " during the load.",
                "Another load or a maintenance task made a commit that this one conflicts with.",
                "Run the load again: it starts from the tables as they are then.",
                origin);
    }
}
