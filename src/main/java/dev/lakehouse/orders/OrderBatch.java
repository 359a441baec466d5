package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import dev.lakehouse.orders.OrderChanges.State;
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
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Brings a batch of messages into the tables: quarantine, orders, and the tables that follow orders, each by at most one
 * commit. Each of these steps is done again where another load was in its way. What a message leads to follows from what is stored and from the message alone, so a batch that comes again, in
 * whole or in part, from this stream or from another, changes nothing.
 */
final class OrderBatch {
    private final TaskContext context;
    private final SparkSession session;
    private final String scratch;

    /** @param scratch a location for what is needed only while a batch is brought in */
    OrderBatch(TaskContext context, String scratch) {
        this.context = context;
        this.session = context.session();
        this.scratch = scratch;
    }

    /** Brings messages in. */
    OrderCounts bring(Dataset<Row> messages) {
        try {
            Dataset<Row> judged = kept(OrderMessages.judged(messages), "judged");
            Row counted = counted(judged);
            long refused = counted.getLong(1);
            if (refused > 0) {
                ChangedMeanwhile.retried(() -> quarantine(judged));
            }
            FailPoint.pass("orders.quarantined");
            TableChange change = ChangedMeanwhile.retried(() -> orders(judged));
            FailPoint.pass("orders.written");
            followOrders();
            return new OrderCounts(
                    counted.getLong(0), change.inserted(), change.updated(), refused, counted.getLong(2));
        } finally {
            FileStore.of(scratch).delete(scratch);
        }
    }

    /** Brings the tables that follow orders up to date, also where a stop had left them behind. */
    void follow() {
        try {
            followOrders();
        } finally {
            FileStore.of(scratch).delete(scratch);
        }
    }

    /** Counts the tables that follow orders anew from all orders, whatever they hold. */
    void recount() {
        try {
            context.tables().open(OrderTables.ORDERS);
            OrderChanges all = OrderChanges.all(session, State.of(session));
            ChangedMeanwhile.retried(() -> lines(target -> Optional.of(all)));
            ChangedMeanwhile.retried(() -> hours(target -> Optional.of(all)));
        } finally {
            FileStore.of(scratch).delete(scratch);
        }
    }

    private boolean quarantine(Dataset<Row> judged) {
        Target quarantine = open(OrderTables.QUARANTINE, OrderTables.REFUSED, List.of("_kafka_timestamp", "_file"));
        return new Quarantine(quarantine).add(refused(judged), scratch + "/refused", now());
    }

    private TableChange orders(Dataset<Row> judged) {
        Target orders = open(OrderTables.ORDERS, List.of("order_id"), List.of("timestamp"));
        Dataset<Row> delivered = Quality.accepted(judged).drop("_text");
        TableChange change = TableChange.newer(orders, delivered, OrderTables.DELIVERY, scratch + "/orders");
        FailPoint.pass("orders.compared");
        change.write(now());
        return change;
    }

    private void followOrders() {
        context.tables().open(OrderTables.ORDERS);
        State orders = State.of(session);
        ChangedMeanwhile.retried(() -> lines(target -> OrderChanges.notFollowedBy(target, orders, now())));
        FailPoint.pass("orders.lines");
        ChangedMeanwhile.retried(() -> hours(target -> OrderChanges.notFollowedBy(target, orders, now())));
        FailPoint.pass("orders.followed");
    }

    /** @return whether there was something to follow */
    private boolean lines(Function<Target, Optional<OrderChanges>> found) {
        Target lines = open(OrderTables.ORDER_LINES, OrderLines.KEY, List.of("timestamp", "order_id", "line_number"));
        Optional<OrderChanges> changes = found.apply(lines);
        changes.ifPresent(all -> {
            Dataset<Row> changed = kept(OrderLines.changed(all), "changed");
            Dataset<Row> current =
                    all.areAll() ? lines.rows() : touched(lines, changed.select("order_id"), List.of("order_id"));
            TableChange.between(lines, OrderLines.of(changed), current, scratch + "/lines")
                    .write(now(), all.position());
        });
        return changes.isPresent();
    }

    /** @return whether there was something to follow */
    private boolean hours(Function<Target, Optional<OrderChanges>> found) {
        Target hours = open(OrderTables.CUSTOMER_HOURLY, CustomerHours.KEY, List.of("hour", "customer_id"));
        Optional<OrderChanges> changes = found.apply(hours);
        changes.ifPresent(all -> {
            Dataset<Row> differences = kept(CustomerHours.differences(all), "differences");
            Dataset<Row> touched = all.areAll() ? hours.rows() : touched(hours, differences, CustomerHours.KEY);
            Dataset<Row> counted = all.areAll() ? touched.limit(0) : touched;
            TableChange.between(hours, CustomerHours.of(differences, counted), touched, scratch + "/hours")
                    .write(now(), all.position());
        });
        return changes.isPresent();
    }

    /** How many messages there are, how many are refused, and how many of the others have an amount that is not theirs. */
    private static Row counted(Dataset<Row> judged) {
        return judged.agg(
                        count(lit(1)),
                        count_if(size(col(Quality.REASONS)).gt(0)),
                        count_if(size(col(Quality.REASONS)).equalTo(0).and(expr(OrderCounts.DIFFERS))))
                .head();
    }

    private Instant now() {
        return context.clock().instant();
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
}
