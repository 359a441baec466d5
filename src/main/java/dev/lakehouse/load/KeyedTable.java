package dev.lakehouse.load;

import dev.lakehouse.table.TableName;
import java.util.List;

/**
 * A Delta table whose rows have a key.
 *
 * @param name the table
 * @param key columns whose values together are unique; empty if rows may repeat
 * @param order the columns by which new rows are sorted into files; if empty, they are not sorted
 */
public record KeyedTable(TableName name, List<String> key, List<String> order) {

    /** A table whose new rows are sorted by its key. */
    public static KeyedTable of(String schema, String table, String... key) {
        return new KeyedTable(new TableName(schema, table), List.of(key), List.of(key));
    }

    /** The same table with a different sort order for new rows. */
    public KeyedTable sortedBy(String... columns) {
        return new KeyedTable(name, key, List.of(columns));
    }

    /** The key columns as an array, which Spark's methods need. */
    public String[] keyColumns() {
        return key.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
