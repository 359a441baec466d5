package dev.lakehouse.sample.orders;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The rows that the stream of orders has written since a time, from Delta's history.
 *
 * @param versions of the tables at that time
 */
record StreamedTables(BenchmarkPlace place, Map<TableName, Long> versions) {
    private static final TableName ORDERS = new TableName("orders", "orders");
    private static final TableName CUSTOMER_HOURLY = new TableName("orders", "customer_hourly");
    private static final List<TableName> ALL = List.of(
            ORDERS,
            new TableName("orders", "order_lines"),
            CUSTOMER_HOURLY,
            new TableName("orders", "orders_quarantine"));

    private static final Column ROWS = coalesce(
            metric("numTargetRowsInserted").plus(metric("numTargetRowsUpdated")), metric("numOutputRows"), lit(0L));

    private static Column metric(String name) {
        return col("operationMetrics").getItem(name).cast("BIGINT");
    }

    /** Creates the empty tables. */
    static StreamedTables make(BenchmarkPlace place) {
        // The modification times of S3's files are in whole seconds.
        place.session().conf().set("spark.databricks.delta.properties.defaults.enableInCommitTimestamps", "true");
        place.make(ALL);
        return new StreamedTables(place, Map.of()).now();
    }

    /** The same tables from the current time. */
    StreamedTables now() {
        Map<TableName, Long> versions = new HashMap<>();
        ALL.forEach(table -> versions.put(table, place.tables().version(table)));
        return new StreamedTables(place, versions);
    }

    /** Prints the rows written into each table in two consecutive periods. */
    void reportRows(StreamedTables filled, double seconds, StreamedTables later, double secondsLater) {
        place.target()
                .say(
                        "%-26s%14s%12s%14s%12s%12s",
                        "rows written", "empty tables", "rows/s", "filled tables", "rows/s", "size now");
        for (TableName table : ALL) {
            long first = written(table, filled);
            long second = filled.written(table, later);
            place.target()
                    .say(
                            "  %-24s%,14d%,12.0f%,14d%,12.0f%12s",
                            table, first, first / seconds, second, second / secondsLater, size(table));
        }
    }

    /** Prints the latency of orders since this time, from Kafka's timestamp to the commit with the order. */
    void reportLatency() {
        Dataset<Row> orders = place.session()
                .read()
                .option("readChangeFeed", "true")
                .option("startingVersion", versions.get(ORDERS) + 1)
                .table(ORDERS.sql())
                .where(col("_change_type").isin("insert", "update_postimage"))
                .select("_kafka_timestamp", "_commit_version", "_commit_timestamp");
        place.target()
                .say(
                        "%-26s%14s%12s%10s%10s%10s%10s",
                        "  seconds until in", "orders", "commits", "p50", "p95", "p99", "max");
        reportLatency(ORDERS, orders.withColumnRenamed("_commit_timestamp", "at"));
        reportLatency(CUSTOMER_HOURLY, orders.join(followed(), "_commit_version"));
    }

    private void reportLatency(TableName table, Dataset<Row> seen) {
        Row measured = seen.selectExpr(
                        "(unix_millis(at) - unix_millis(_kafka_timestamp)) / 1000.0D AS seconds", "_commit_version")
                .selectExpr(
                        "count(*)",
                        "count(DISTINCT _commit_version)",
                        "percentile(seconds, array(0.5D, 0.95D, 0.99D, 1.0D))")
                .head();
        List<Double> seconds = measured.getList(2);
        place.target()
                .say(
                        "  %-24s%,14d%,12d%10.2f%10.2f%10.2f%10.2f",
                        table,
                        measured.getLong(0),
                        measured.getLong(1),
                        seconds.get(0),
                        seconds.get(1),
                        seconds.get(2),
                        seconds.get(3));
    }

    /**
     * For each commit of orders, the time when customer_hourly had followed it, which is before the stream's next
     * batch.
     */
    private Dataset<Row> followed() {
        Dataset<Row> orders = commits(ORDERS)
                .select(
                        col("version").as("_commit_version"),
                        col("timestamp").as("begin"),
                        lead("timestamp", 1).over(Window.orderBy("version")).as("end"));
        Dataset<Row> hours = commits(CUSTOMER_HOURLY).select(col("timestamp").as("hours_at"));
        return orders.join(hours, expr("hours_at >= begin AND (end IS NULL OR hours_at < end)"))
                .groupBy("_commit_version")
                .agg(min("hours_at").as("at"));
    }

    private Dataset<Row> commits(TableName table) {
        return place.session()
                .sql("DESCRIBE HISTORY " + table.sql())
                .where(col("version").gt(versions.get(table)));
    }

    private long written(TableName table, StreamedTables until) {
        return commits(table)
                .where(col("version").leq(until.versions.get(table)))
                .agg(coalesce(sum(ROWS), lit(0L)))
                .head()
                .getLong(0);
    }

    private String size(TableName table) {
        return Report.size(place.session()
                .sql("DESCRIBE DETAIL " + table.sql())
                .select("sizeInBytes")
                .head()
                .getLong(0));
    }
}
