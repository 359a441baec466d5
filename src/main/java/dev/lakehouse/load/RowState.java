package dev.lakehouse.load;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows, and what of them is compared to find those that differ.
 *
 * @param rows with the key's columns
 * @param value of any type; rows of one key differ where it differs
 * @param origin what the row was made of, such as the checksum of the source's row; NULL: unknown. A row that differs although
 *     its origin is the same was edited in the table
 * @param accepted BOOLEAN, not NULL: whether the row may enter the table. One that may not keeps the table's row of its key
 */
public record RowState(Dataset<Row> rows, Column value, Column origin, Column accepted) {

    /** Accepted rows of unknown origin. */
    public static RowState of(Dataset<Row> rows, Column value) {
        return new RowState(rows, value, lit(null).cast("bigint"), lit(true));
    }

    public RowState origin(Column column) {
        return new RowState(rows, value, column, accepted);
    }

    public RowState accepted(Column condition) {
        return new RowState(rows, value, origin, condition);
    }
}
