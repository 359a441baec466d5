/**
 * The orders product: a stream of orders from Kafka, batches of customers, and the industries with the largest changes.
 *
 * <p>Messages become {@code orders.orders}; {@code order_lines} and {@code customer_hourly} follow that table by its
 * change data feed; {@code industry_change} is computed from {@code customer_hourly} and {@code customer_industries}.
 */
package dev.lakehouse.orders;
