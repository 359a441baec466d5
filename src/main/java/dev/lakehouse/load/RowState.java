package dev.lakehouse.load;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows, and the values by which changed rows are found.
 *
 * @param rows with the key's columns
 * @param value of any type; two rows of one key are equal if their values are equal
 * @param origin identifies the input of the row, such as the checksum of the source's row; NULL if unknown. A row that
 *     differs although its origin is the same was edited in the table
 * @param accepted BOOLEAN, not NULL: whether the row is accepted; if it is not, the table's row of its key is kept
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
