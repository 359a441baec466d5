package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import dev.lakehouse.quality.Quality;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.ChangedMeanwhile;
import dev.lakehouse.table.TableChange;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Target;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a batch of messages into the tables: quarantine, orders, and the tables that follow orders, each by at most one
 * commit. What a message leads to follows from what is stored and from the message alone, so a batch that comes again, in
 * whole or in part, from this stream or from another, changes nothing.
 */
final class OrderBatch {
    private static final Logger LOG = LoggerFactory.getLogger(OrderBatch.class);
    private static final int ATTEMPTS = 5;

    private final TaskContext context;
    private final SparkSession session;
    private final String scratch;

    /** @param scratch a location for what is needed only while a batch is brought in */
    OrderBatch(TaskContext context, String scratch) {
        this.context = context;
        this.session = context.session();
        this.scratch = scratch;
    }

    /** Brings messages in, again where another stream was in the way. */
    OrderCounts bring(Dataset<Row> messages) {
        try {
            Dataset<Row> judged = kept(OrderMessages.judged(messages), "judged");
            return untilDone(() -> bringIn(judged));
        } finally {
            FileStore.of(scratch).delete(scratch);
        }
    }

    /** Brings the tables that follow orders up to date, also where a stop had left them behind. */
    void follow() {
        try {
            untilDone(() -> {
                followOrders();
                return null;
            });
        } finally {
            FileStore.of(scratch).delete(scratch);
        }
    }

    private OrderCounts bringIn(Dataset<Row> judged) {
        Instant now = context.clock().instant();
        Target quarantine = open(OrderTables.QUARANTINE, OrderTables.REFUSED, List.of("_kafka_timestamp", "_file"));
        new Quarantine(quarantine).add(refused(judged), scratch + "/refused", now);
        FailPoint.pass("orders.quarantined");

        Target orders = open(OrderTables.ORDERS, List.of("order_id"), List.of("timestamp"));
        Dataset<Row> latest = OrderMessages.latest(Quality.accepted(judged).drop("_text"));
        TableChange change = TableChange.newer(orders, latest, OrderTables.DELIVERY, scratch + "/orders");
        FailPoint.pass("orders.compared");
        change.write(now);
        FailPoint.pass("orders.written");

        followOrders();
        Row counted = judged.agg(
                        count(lit(1)),
                        count_if(size(col(Quality.REASONS)).gt(0)),
                        count_if(size(col(Quality.REASONS)).equalTo(0).and(expr(OrderCounts.DIFFERS))))
                .head();
        return new OrderCounts(
                counted.getLong(0), change.inserted(), change.updated(), counted.getLong(1), counted.getLong(2));
    }

    private void followOrders() {
        Instant now = context.clock().instant();
        context.tables().open(OrderTables.ORDERS);
        Target lines = open(OrderTables.ORDER_LINES, OrderLines.KEY, List.of("timestamp", "order_id", "line_number"));
        OrderChanges.notFollowedBy(lines.rows(), now).ifPresent(changes -> {
            Dataset<Row> changed = kept(OrderLines.changed(changes), "changed");
            Dataset<Row> current =
                    changes.areAll() ? lines.rows() : touched(lines, changed.select("order_id"), List.of("order_id"));
            TableChange.between(lines, OrderLines.of(changed, changes.version()), current, scratch + "/lines")
                    .write(now);
        });
        FailPoint.pass("orders.lines");

        Target hours = open(OrderTables.CUSTOMER_HOURLY, CustomerHours.KEY, List.of("hour", "customer_id"));
        OrderChanges.notFollowedBy(hours.rows(), now).ifPresent(changes -> {
            Dataset<Row> differences = kept(CustomerHours.differences(changes), "differences");
            Dataset<Row> touched = changes.areAll() ? hours.rows() : touched(hours, differences, CustomerHours.KEY);
            Dataset<Row> counted = changes.areAll() ? touched.limit(0) : touched;
            TableChange.between(
                            hours,
                            CustomerHours.of(differences, counted, changes.version()),
                            touched,
                            scratch + "/hours")
                    .write(now);
        });
        FailPoint.pass("orders.followed");
    }

    /** The rows of a table with keys of others. */
    private static Dataset<Row> touched(Target table, Dataset<Row> others, List<String> key) {
        return table.rows().join(others, key.toArray(String[]::new), "left_semi");
    }

    private static Dataset<Row> refused(Dataset<Row> judged) {
        return Quality.quarantined(judged)
                .select(
                        col(Quality.REASONS),
                        col("_topic"),
                        col("_partition"),
                        col("_offset"),
                        col("_kafka_timestamp"),
                        col("_text"));
    }

    private Target open(TableName name, List<String> key, List<String> order) {
        return Target.open(session, context.tables(), name, key, order);
    }

    private Dataset<Row> kept(Dataset<Row> rows, String name) {
        rows.write().mode("overwrite").parquet(scratch + "/" + name);
        return session.read().schema(rows.schema()).parquet(scratch + "/" + name);
    }

    private interface Attempt<T> {
        T run();
    }

    private static <T> T untilDone(Attempt<T> attempt) {
        for (int i = 1; ; i++) {
            try {
                return attempt.run();
            } catch (ChangedMeanwhile e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
                LOG.info("Attempt {} of {}: {}", i, ATTEMPTS, e.problem());
            }
        }
    }
}
