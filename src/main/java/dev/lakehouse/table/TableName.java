package dev.lakehouse.table;

import dev.lakehouse.UserError;

/**
 * A table's name, {@code schema.table}. The catalogue is not part of it, because a deployment uses one catalogue.
 *
 * @param schema the schema
 * @param table the table in it
 */
public record TableName(String schema, String table) {
    /** What the name of a quarantine ends with, after the name of its table. */
    public static final String QUARANTINE = "_quarantine";

    /** Reads {@code schema.table}. */
    public static TableName parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (!text.matches("[A-Za-z0-9_]+\\.[A-Za-z0-9_]+")) {
            throw new UserError(
                    "'" + text + "' is not a table name.",
                    "A table name has a schema and a table, each of letters, digits and underscores.",
                    "Give schema.table, for example members.members. The catalogue is a separate option.");
        }
        return new TableName(parts[0], parts[1]);
    }

    /** The name for SQL, quoted. */
    public String sql() {
        return "`" + schema + "`.`" + table + "`";
    }

    /** The table of the rows that a load does not accept into this one. */
    public TableName quarantine() {
        return with(QUARANTINE);
    }

    /** The table of the same schema whose name is this name with a suffix. */
    public TableName with(String suffix) {
        return new TableName(schema, table + suffix);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
