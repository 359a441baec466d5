package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import java.sql.SQLException;

/** The definition of a source table changed while it was extracted: what was read has columns that are no longer the table's. */
public final class SourceAltered extends UserError {
    private static final long serialVersionUID = 1L;

    private static final int UNKNOWN_COLUMN = 1054;
    private static final int TABLE_DEFINITION_CHANGED = 1412;

    public SourceAltered(String table, Throwable origin) {
        super(
                "Table '" + table + "' was altered while it was read.",
                "What was read does not fit its columns any more, or MySQL cannot show its old definition.",
                "Run the extract again once the changes are through.",
                origin);
    }

    /** Whether a statement that fitted the table failed for that reason. */
    public static boolean isCauseOf(SQLException e) {
        return e.getErrorCode() == UNKNOWN_COLUMN || e.getErrorCode() == TABLE_DEFINITION_CHANGED;
    }
}
