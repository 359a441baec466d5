package dev.lakehouse.orders;

import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import dev.lakehouse.testing.Topics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A topic of one partition, so that messages have an order, and what streaming it leads to. */
record OrderStream(TestLakehouse lakehouse, String topic, Path scratch) {

    /** @param scratch a folder here, which is quicker than one on S3 */
    static OrderStream fresh(Path scratch) {
        return new OrderStream(TestLakehouse.fresh(), TestServers.freshTopic(1), scratch);
    }

    /** The order_id of that number. */
    static String id(int number) {
        return new UUID(7, number).toString();
    }

    /** A message of an order of one line. */
    static String order(int number, String customer, String timestamp, String amount) {
        return order(number, customer, timestamp, amount, "1:" + amount);
    }

    /** A message of an order with lines such as {@code 2:3.50}, volume and price. */
    static String order(int number, String customer, String timestamp, String amount, String... lines) {
        List<String> written = new ArrayList<>();
        for (String line : lines) {
            String[] part = line.split(":", -1);
            written.add(String.format(
                    Locale.ROOT,
                    "{\"product_id\":\"p%d\",\"volume\":%s,\"price\":%s}",
                    written.size() + 1,
                    part[0],
                    part[1]));
        }
        return "{\"order_id\":\"" + id(number) + "\",\"customer_id\":\"" + customer + "\",\"order_lines\":["
                + String.join(",", written) + "],\"amount\":" + new BigDecimal(amount) + ",\"timestamp\":\"" + timestamp
                + "\"}";
    }

    OrderStream send(String... messages) {
        Topics.of(TestLakehouse.kafka()).send(topic, messages);
        return this;
    }

    /** Streams what is there; returns what was printed. */
    String stream(String... options) {
        return streamFrom("usual", options);
    }

    /** The same with a checkpoint of that name. */
    String streamFrom(String checkpoint, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--kafka=" + TestLakehouse.kafka().servers(),
                "--topic=" + topic,
                "--checkpoint=" + lakehouse.landing() + "/orders/_checkpoints/" + checkpoint,
                "--scratch=" + scratch));
        all.addAll(Arrays.asList(options));
        return lakehouse.task(StreamOrders::main, all);
    }

    /** Number, customer, time and amount of each order. */
    List<String> orders() {
        return lakehouse.query("SELECT CAST(conv(substr(order_id, 25), 16, 10) AS INT) AS number, customer_id,"
                + " date_format(timestamp, 'MM-dd HH:mm'), CAST(amount AS DECIMAL(18,2)) FROM orders.orders ORDER BY"
                + " number");
    }

    List<String> lines() {
        return lakehouse.query("SELECT CAST(conv(substr(order_id, 25), 16, 10) AS INT) AS number, line_number,"
                + " CAST(volume AS INT), CAST(price AS DECIMAL(18,2)) FROM orders.order_lines ORDER BY number,"
                + " line_number");
    }

    List<String> hours() {
        return lakehouse.query("SELECT customer_id, date_format(hour, 'MM-dd HH'), CAST(amount AS DECIMAL(18,2)),"
                + " order_count FROM orders.customer_hourly ORDER BY customer_id, hour");
    }

    /** What {@link #hours()} must be, counted anew from the orders. */
    List<String> countedHours() {
        return lakehouse.query("SELECT customer_id, date_format(date_trunc('HOUR', timestamp), 'MM-dd HH') AS hour,"
                + " CAST(sum(amount) AS DECIMAL(18,2)), count(*) FROM orders.orders GROUP BY 1, 2 ORDER BY 1, 2");
    }

    /** What {@link #lines()} must be, taken anew from the orders. */
    List<String> explodedLines() {
        return lakehouse.query("SELECT CAST(conv(substr(order_id, 25), 16, 10) AS INT) AS number, pos + 1 AS line,"
                + " CAST(col.volume AS INT), CAST(col.price AS DECIMAL(18,2)) FROM (SELECT order_id,"
                + " posexplode(order_lines) FROM orders.orders) ORDER BY number, line");
    }

    List<String> quarantine() {
        return lakehouse.query(
                "SELECT _reasons[0], _partition, _offset, _text FROM orders.orders_quarantine WHERE _topic"
                        + " IS NOT NULL ORDER BY _partition, _offset");
    }

    /** The versions of the tables that a stream writes. */
    List<Long> versions() {
        return List.of("orders", "order_lines", "customer_hourly", "orders_quarantine").stream()
                .map(table -> lakehouse.version("orders." + table))
                .toList();
    }
}
