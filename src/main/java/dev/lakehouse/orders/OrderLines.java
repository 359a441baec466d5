package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The table {@code order_lines}: the current lines of orders. */
final class OrderLines {
    private OrderLines() {}

    /** The orders whose lines differ: {@code order_id}, {@code now}. */
    static Dataset<Row> changed(OrderChanges changes) {
        Column same = lines("old").eqNullSafe(lines("now")).and(moment("old").eqNullSafe(moment("now")));
        return changes.rows().where(not(same)).select("order_id", "now");
    }

    /** The lines of the orders from {@link #changed}. */
    static Dataset<Row> of(Dataset<Row> changed) {
        return changed.where(col("now").isNotNull())
                .select(col("order_id"), moment("now").as("timestamp"), posexplode(lines("now")))
                .select(
                        col("order_id"),
                        col("pos").plus(1).as("line_number"),
                        col("col.product_id"),
                        col("col.volume"),
                        col("col.price"),
                        col("col.unknown_fields"),
                        col("timestamp"));
    }

    private static Column lines(String order) {
        return col(order + ".order_lines");
    }

    private static Column moment(String order) {
        return col(order + ".timestamp");
    }
}
