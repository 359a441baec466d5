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
import dev.lakehouse.task.Background;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Loads a batch of messages: orders and their quarantine, then the tables that follow orders, each by at most one commit.
 * A step that conflicts with another load is repeated. The result depends only on the stored rows and the messages, so a
 * batch that is read again, completely or partly, by this or another stream, changes nothing.
 *
 * <p>Most of the time of a small batch is waiting for files and planning, so two tables are written at a time. The second
 * one has a Spark session of its own, because a MERGE gets its transaction number from settings of its session.
 */
final class OrderBatch {
    private static final String MESSAGES = "messages";
    private static final String REFUSED = "refused";
    private static final String DIFFERING = "differing";

    /** The number of messages, of refused messages, and of accepted orders with a wrong amount. */
    private static final List<Column> COUNTS = List.of(
            count(lit(1)).as(MESSAGES),
            count_if(size(col(Quality.REASONS)).gt(0)).as(REFUSED),
            count_if(size(col(Quality.REASONS)).equalTo(0).and(expr(OrderCounts.DIFFERS)))
                    .as(DIFFERING));

    /** With fewer messages than this, and a smaller table of orders, compiling Spark's queries takes longer than running them. */
    private static final long FEW_MESSAGES = 20_000;

    private static final long FEW_BYTES = 64L << 20;

    private final TaskContext context;
    private final TaskContext beside;
    private final String scratchParent;
    private Optional<State> known = Optional.empty();

    /** @param scratchParent the location of the temporary folders of batches */
    OrderBatch(TaskContext context, String scratchParent) {
        this.context = context;
        this.beside = context.beside();
        this.scratchParent = scratchParent;
    }

    /** Loads messages. */
    OrderCounts bring(Dataset<Row> messages) {
        try (ScratchSpace scratch = context.scratch(scratchParent)) {
            // Kafka is read and parsed once. Messages that Kafka deletes meanwhile are not lost.
            ScratchSpace.Kept kept = scratch.keep(OrderMessages.validated(messages), MESSAGES, COUNTS);
            if (context.isLocal() && kept.number(MESSAGES) < FEW_MESSAGES && heldBytes() < FEW_BYTES) {
                return context.withFewRows(
                        List.of(context.session(), beside.session(), messages.sparkSession()),
                        () -> bring(kept, scratch));
            }
            OrderCounts counts = bring(kept, scratch);
            if (kept.number(MESSAGES) >= FEW_MESSAGES) {
                known = Optional.empty(); // the table has grown: the next batch asks for its size again
            }
            return counts;
        }
    }

    private OrderCounts bring(ScratchSpace.Kept kept, ScratchSpace scratch) {
        long refused = kept.number(REFUSED);
        MergePlan plan;
        try (Background<Void> quarantine =
                Background.start(() -> quarantine(kept.rows().schema(), refused, scratch))) {
            plan = DeltaSink.retrying(() -> orders(kept.rows(), scratch));
            FailPoint.pass("StreamOrders.orders");
            quarantine.result();
        }
        followOrders(scratch);
        return new OrderCounts(kept.number(MESSAGES), plan.inserted(), plan.updated(), refused, kept.number(DIFFERING));
    }

    /** How many bytes the table of orders had some commits ago; 0 before it is created. */
    private long heldBytes() {
        if (known.isEmpty() && context.tables().find(OrderTables.ORDERS.name())) {
            known = Optional.of(State.of(context));
        }
        return known.map(State::bytes).orElse(0L);
    }

    /** Updates the tables that follow orders, even if an earlier run was stopped before it did. */
    void follow() {
        try (ScratchSpace scratch = context.scratch(scratchParent)) {
            followOrders(scratch);
        }
    }

    /** Computes the tables that follow orders again from all orders. */
    void recount() {
        try (ScratchSpace scratch = context.scratch(scratchParent)) {
            context.tables().open(OrderTables.ORDERS.name());
            OrderChanges all = OrderChanges.all(context.session(), state());
            DeltaSink.retrying(() -> lines(target -> Optional.of(all), scratch));
            DeltaSink.retrying(() -> hours(context, target -> Optional.of(all), scratch));
        }
    }

    private Void quarantine(StructType schema, long refused, ScratchSpace scratch) {
        if (refused > 0) {
            Dataset<Row> rows = refused(scratch.read(beside.session(), schema, MESSAGES));
            DeltaSink.retrying(() ->
                    DeltaSink.write(Quarantine.append(Target.open(beside, OrderTables.QUARANTINE), rows, scratch)));
        }
        FailPoint.pass("StreamOrders.orders_quarantine");
        return null;
    }

    private MergePlan orders(Dataset<Row> rows, ScratchSpace scratch) {
        Target orders = Target.open(context, OrderTables.ORDERS);
        MergePlan plan = MergePlan.newest(orders, Quality.accepted(rows), OrderTables.DELIVERY, scratch);
        FailPoint.pass("StreamOrders.planned");
        return DeltaSink.write(plan);
    }

    private void followOrders(ScratchSpace scratch) {
        context.tables().open(OrderTables.ORDERS.name());
        State orders = state();
        try (Background<Boolean> hours = Background.start(() -> DeltaSink.retrying(
                () -> hours(beside, target -> OrderChanges.notFollowedBy(beside, target, orders), scratch)))) {
            DeltaSink.retrying(() -> lines(target -> OrderChanges.notFollowedBy(context, target, orders), scratch));
            FailPoint.pass("StreamOrders.order_lines");
            hours.result();
        }
        FailPoint.pass("StreamOrders.customer_hourly");
    }

    private State state() {
        State current = known.map(state -> state.next(context)).orElseGet(() -> State.of(context));
        known = Optional.of(current);
        return current;
    }

    /** @return whether there was something to follow */
    private boolean lines(Function<Target, Optional<OrderChanges>> found, ScratchSpace scratch) {
        Target lines = Target.open(context, OrderTables.ORDER_LINES);
        Optional<OrderChanges> changes = found.apply(lines);
        changes.ifPresent(all -> {
            Dataset<Row> changed = scratch.keep(OrderLines.changed(all), "changed_lines");
            Dataset<Row> held = all.areAll()
                    ? lines.rows()
                    : lines.rows().join(changed.select("order_id"), new String[] {"order_id"}, "left_semi");
            DeltaSink.of(lines)
                    .sourceVersion(all.position())
                    .commit(MergePlan.fullState(lines, OrderLines.of(changed), held, scratch));
        });
        return changes.isPresent();
    }

    /** @return whether there was something to follow */
    private static boolean hours(
            TaskContext context, Function<Target, Optional<OrderChanges>> found, ScratchSpace scratch) {
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

    private static Dataset<Row> refused(Dataset<Row> rows) {
        return Quality.quarantined(rows)
                .select(Quality.REASONS, "_topic", "_partition", "_offset", "_kafka_timestamp", "_text");
    }
}
