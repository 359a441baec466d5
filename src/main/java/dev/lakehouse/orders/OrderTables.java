package dev.lakehouse.orders;

import dev.lakehouse.load.KeyedTable;
import java.util.List;

/** The tables of orders; their columns are described in {@code schemas/orders}. */
final class OrderTables {
    static final KeyedTable ORDERS =
            KeyedTable.of("orders", "orders", "order_id").sortedBy("timestamp");
    static final KeyedTable ORDER_LINES = KeyedTable.of("orders", "order_lines", "order_id", "line_number")
            .sortedBy("timestamp", "order_id", "line_number");
    static final KeyedTable CUSTOMER_HOURLY =
            KeyedTable.of("orders", "customer_hourly", "customer_id", "hour").sortedBy("hour", "customer_id");
    static final KeyedTable CUSTOMERS = KeyedTable.of("orders", "customers", "customer_id");
    static final KeyedTable CUSTOMER_INDUSTRIES =
            KeyedTable.of("orders", "customer_industries", "customer_id", "industry");
    static final KeyedTable CUSTOMER_BATCHES = KeyedTable.of(
                    "orders", "customer_batches", "_file", "_size", "_modified_at")
            .sortedBy("_file");
    static final KeyedTable INDUSTRY_CHANGE =
            KeyedTable.of("orders", "industry_change", "as_of", "industry").sortedBy("as_of", "rank");

    /** Most of its key columns are NULL in some rows. */
    static final KeyedTable QUARANTINE = KeyedTable.of(
                    "orders",
                    "orders_quarantine",
                    "_topic",
                    "_partition",
                    "_offset",
                    "_kafka_timestamp",
                    "_file",
                    "_line",
                    "_delivered_at",
                    "customer_id",
                    "industry")
            .sortedBy("_kafka_timestamp", "_file");

    /** The order of delivery: of two messages for one order, the greater one was delivered last. */
    static final List<String> DELIVERY = List.of("_kafka_timestamp", "_partition", "_offset");

    private OrderTables() {}
}
