package dev.lakehouse.orders;

import dev.lakehouse.table.TableName;
import java.util.List;

/** The tables of orders; their columns are described in {@code schemas/orders}. */
final class OrderTables {
    static final TableName ORDERS = new TableName("orders", "orders");
    static final TableName ORDER_LINES = new TableName("orders", "order_lines");
    static final TableName CUSTOMER_HOURLY = new TableName("orders", "customer_hourly");
    static final TableName CUSTOMERS = new TableName("orders", "customers");
    static final TableName CUSTOMER_INDUSTRIES = new TableName("orders", "customer_industries");
    static final TableName CUSTOMER_BATCHES = new TableName("orders", "customer_batches");
    static final TableName INDUSTRY_CHANGE = new TableName("orders", "industry_change");
    static final TableName QUARANTINE = new TableName("orders", "orders_quarantine");

    /** Of two messages with the same order the one that is greater in these was delivered last. */
    static final List<String> DELIVERY = List.of("_kafka_timestamp", "_partition", "_offset");

    /** What a row of quarantine is known by; most are NULL in some rows. */
    static final List<String> REFUSED = List.of(
            "_topic",
            "_partition",
            "_offset",
            "_kafka_timestamp",
            "_file",
            "_line",
            "_delivered_at",
            "customer_id",
            "industry");

    private OrderTables() {}
}
