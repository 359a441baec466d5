package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import java.sql.SQLException;

/**
 * The definition of a source table changed while it was extracted, so the rows that were read no longer match its
 * columns.
 */
public final class SourceAltered extends UserError {
    private static final long serialVersionUID = 1L;

    private static final int UNKNOWN_COLUMN = 1054;
    private static final int TABLE_DEFINITION_CHANGED = 1412;

    public SourceAltered(String table, Throwable origin) {
        super(
                "Table '" + table + "' was altered while it was read.",
                "The rows that were read do not match its new columns, MySQL cannot read its old definition, or another table took"
                        + " its name. For a view this includes all tables of its database.",
                "Run the extract again when the changes are complete.",
                origin);
    }

    /** Whether a statement on the table failed because the table was altered. */
    public static boolean isCauseOf(SQLException e) {
        return e.getErrorCode() == UNKNOWN_COLUMN || e.getErrorCode() == TABLE_DEFINITION_CHANGED;
    }
}
