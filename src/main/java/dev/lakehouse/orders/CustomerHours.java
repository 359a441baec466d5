package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table {@code customer_hourly}. Its sums are updated by adding the new and subtracting the old values of changed
 * orders, which is exact in decimals. So a late order costs no more than others, and unchanged orders are not read.
 */
final class CustomerHours {
    private CustomerHours() {}

    /** The changes of each customer and hour: {@code customer_id, hour, amount, order_count}, without zeros. */
    static Dataset<Row> differences(OrderChanges changes) {
        Column entries = array(entry("old", -1), entry("now", 1));
        return changes.rows()
                .select(explode(entries).as("entry"))
                .where(col("entry.customer_id").isNotNull())
                .groupBy(
                        col("entry.customer_id"),
                        date_trunc("HOUR", col("entry.timestamp")).as("hour"))
                .agg(sum("entry.amount").as("amount"), sum("entry.order_count").as("order_count"))
                .where(col("amount").notEqual(0).or(col("order_count").notEqual(0)));
    }

    /** The new rows. An hour without orders has no row. */
    static Dataset<Row> of(Dataset<Row> differences, Dataset<Row> current) {
        Dataset<Row> stored = current.select(
                col("customer_id"),
                col("hour"),
                col("amount").as("stored"),
                col("order_count").as("stored_count"));
        return differences
                .join(stored, OrderTables.CUSTOMER_HOURLY.keyColumns(), "left")
                .select(
                        col("customer_id"),
                        col("hour"),
                        col("amount")
                                .plus(coalesce(col("stored"), lit(0)))
                                .cast("DECIMAL(28,4)")
                                .as("amount"),
                        col("order_count")
                                .plus(coalesce(col("stored_count"), lit(0L)))
                                .as("order_count"))
                .where(col("order_count").gt(0));
    }

    private static Column entry(String order, int sign) {
        return struct(
                col(order + ".customer_id").as("customer_id"),
                col(order + ".timestamp").as("timestamp"),
                col(order + ".amount").multiply(lit(sign)).cast("DECIMAL(19,4)").as("amount"),
                lit((long) sign).as("order_count"));
    }
}
