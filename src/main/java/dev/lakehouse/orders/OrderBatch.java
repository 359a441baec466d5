package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import dev.lakehouse.load.DeltaSink;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Quarantine;
import dev.lakehouse.load.Target;
import dev.lakehouse.orders.OrderChanges.State;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContext;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Loads a batch of messages: quarantine, orders, and the tables that follow orders, each by at most one commit. A step
 * that conflicts with another load is repeated. The result depends only on the stored rows and the messages, so a batch
 * that is read again, completely or partly, by this or another stream, changes nothing.
 */
final class OrderBatch {
    private final TaskContext context;
    private final SparkSession session;
    private final String scratchParent;

    /** @param scratchParent the location of the temporary folders of batches */
    OrderBatch(TaskContext context, String scratchParent) {
        this.context = context;
        this.session = context.session();
        this.scratchParent = scratchParent;
    }

    /** Loads messages. */
    OrderCounts bring(Dataset<Row> messages) {
        try (ScratchSpace scratch = ScratchSpace.below(scratchParent)) {
            // Kafka is read and parsed once. Messages that Kafka deletes meanwhile are not lost.
            Dataset<Row> rows = scratch.keep(OrderMessages.validated(messages), "messages");
            Row counted = counted(rows);
            long refused = counted.getLong(1);
            if (refused > 0) {
                DeltaSink.retrying(() -> DeltaSink.write(
                        Quarantine.append(Target.open(context, OrderTables.QUARANTINE), refused(rows), scratch)));
            }
            FailPoint.pass("StreamOrders.orders_quarantine");
            MergePlan plan = DeltaSink.retrying(() -> orders(rows, scratch));
            FailPoint.pass("StreamOrders.orders");
            followOrders(scratch);
            return new OrderCounts(counted.getLong(0), plan.inserted(), plan.updated(), refused, counted.getLong(2));
        }
    }

    /** Updates the tables that follow orders, even if an earlier run was stopped before it did. */
    void follow() {
        try (ScratchSpace scratch = ScratchSpace.below(scratchParent)) {
            followOrders(scratch);
        }
    }

    /** Computes the tables that follow orders again from all orders. */
    void recount() {
        try (ScratchSpace scratch = ScratchSpace.below(scratchParent)) {
            context.tables().open(OrderTables.ORDERS.name());
            OrderChanges all = OrderChanges.all(session, State.of(session));
            DeltaSink.retrying(() -> lines(target -> Optional.of(all), scratch));
            DeltaSink.retrying(() -> hours(target -> Optional.of(all), scratch));
        }
    }

    private MergePlan orders(Dataset<Row> rows, ScratchSpace scratch) {
        Target orders = Target.open(context, OrderTables.ORDERS);
        MergePlan plan = MergePlan.newest(orders, Quality.accepted(rows), OrderTables.DELIVERY, scratch);
        FailPoint.pass("StreamOrders.planned");
        return DeltaSink.write(plan);
    }

    private void followOrders(ScratchSpace scratch) {
        context.tables().open(OrderTables.ORDERS.name());
        State orders = State.of(session);
        DeltaSink.retrying(() -> lines(target -> notFollowed(target, orders), scratch));
        FailPoint.pass("StreamOrders.order_lines");
        DeltaSink.retrying(() -> hours(target -> notFollowed(target, orders), scratch));
        FailPoint.pass("StreamOrders.customer_hourly");
    }

    private Optional<OrderChanges> notFollowed(Target target, State orders) {
        return OrderChanges.notFollowedBy(target, orders, context.clock().instant());
    }

    /** @return whether there was something to follow */
    private boolean lines(Function<Target, Optional<OrderChanges>> found, ScratchSpace scratch) {
        Target lines = Target.open(context, OrderTables.ORDER_LINES);
        Optional<OrderChanges> changes = found.apply(lines);
        changes.ifPresent(all -> {
            Dataset<Row> changed = scratch.keep(OrderLines.changed(all), "changed_lines");
            Dataset<Row> held = all.areAll()
                    ? lines.rows()
                    : lines.rows().join(changed.select("order_id").distinct(), new String[] {"order_id"}, "left_semi");
            DeltaSink.of(lines)
                    .sourceVersion(all.position())
                    .commit(MergePlan.fullState(lines, OrderLines.of(changed), held, scratch));
        });
        return changes.isPresent();
    }

    /** @return whether there was something to follow */
    private boolean hours(Function<Target, Optional<OrderChanges>> found, ScratchSpace scratch) {
        Target hours = Target.open(context, OrderTables.CUSTOMER_HOURLY);
        Optional<OrderChanges> changes = found.apply(hours);
        changes.ifPresent(all -> {
            Dataset<Row> differences = scratch.keep(CustomerHours.differences(all), "changed_hours");
            Dataset<Row> held = all.areAll() ? hours.rows() : hours.rowsWithKeysOf(differences);
            Dataset<Row> counted = all.areAll() ? held.limit(0) : held;
            DeltaSink.of(hours)
                    .sourceVersion(all.position())
                    .commit(MergePlan.fullState(hours, CustomerHours.of(differences, counted), held, scratch));
        });
        return changes.isPresent();
    }

    /** The number of messages, of refused messages, and of accepted orders with a wrong amount. */
    private static Row counted(Dataset<Row> rows) {
        return rows.agg(
                        count(lit(1)),
                        count_if(size(col(Quality.REASONS)).gt(0)),
                        count_if(size(col(Quality.REASONS)).equalTo(0).and(expr(OrderCounts.DIFFERS))))
                .head();
    }

    private static Dataset<Row> refused(Dataset<Row> rows) {
        return Quality.quarantined(rows)
                .select(Quality.REASONS, "_topic", "_partition", "_offset", "_kafka_timestamp", "_text");
    }
}
