package dev.lakehouse.orders;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.kafka.KafkaOptions;
import dev.lakehouse.spark.Compute;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Streams orders from Kafka into {@code orders.orders} and the tables that follow it: either the available messages
 * ({@code --every=available-now}), or endlessly. Each {@code order_id} has one row, from the message that was delivered
 * last, even if messages are repeated, late or out of order, or the stream was stopped.
 */
public final class StreamOrders extends Task {
    private static final String AVAILABLE_NOW = "available-now";
    private static final Duration LEDGER_EVERY = Duration.ofHours(1);

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", required = true, description = "Kafka topic of the orders")
    private String topic;

    @Option(
            names = "--checkpoint",
            required = true,
            description = "Location of the stream's position in the topic; a new one reads the topic from its"
                    + " beginning, which changes nothing in the tables")
    private String checkpoint;

    @Option(names = "--scratch", required = true, description = "Location for temporary files")
    private String scratch;

    @Option(
            names = "--every",
            defaultValue = AVAILABLE_NOW,
            description = "available-now: read the available messages, then end; or an interval, such as '10 seconds':"
                    + " run until stopped")
    private String every;

    @Option(
            names = "--batch",
            defaultValue = "500000",
            description = "Maximum number of messages in a batch, which limits memory (default: ${DEFAULT-VALUE})")
    private long batch;

    @Option(
            names = "--recount",
            arity = "1",
            defaultValue = "false",
            description = "true: first count order_lines and customer_hourly again from all orders")
    private boolean recount;

    private OrderCounts counts = OrderCounts.NONE;
    private TaskContext.Stopwatch sinceLedger;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new StreamOrders().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        Compute.requireDedicated(
                context.session(),
                name(),
                "There the batches of a stream have no access to the tables and counts of the task.");
        checkInterval();
        context.progress(counts.result());
        sinceLedger = context.stopwatch();
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        OrderBatch target = new OrderBatch(context, scratch);
        if (recount) {
            target.recount();
        }
        stream(context, messages -> {
            TaskContext.Stopwatch ofBatch = context.stopwatch();
            OrderCounts brought = target.bring(messages);
            counts = counts.plus(brought);
            context.progress(counts.result());
            if (!endsByItself()) {
                context.report().line("batch", brought.inOneLine(ofBatch.rate(brought.read())));
                keepLedger(context);
            }
        });
        if (counts.read() == 0) {
            // Each batch does this, but without a batch others may have changed the orders.
            target.follow();
        }
        counts.report(context.report(), stopwatch.rate(counts.read()));
        context.report()
                .line("table", OrderTables.ORDERS + " at " + context.tables().location(OrderTables.ORDERS.name()));
        return counts.result();
    }

    private void checkInterval() {
        if (!endsByItself() && !every.matches("[1-9][0-9]{0,5} (second|minute|hour)s?")) {
            throw new UserError(
                    "'" + every + "' is not an interval of a stream.",
                    "--every takes available-now or an interval.",
                    "Give, for example, '10 seconds' or '1 minute'.");
        }
    }

    private interface Batch {
        void bring(Dataset<Row> messages);
    }

    private void stream(TaskContext context, Batch batch) {
        VoidFunction2<Dataset<Row>, Long> sink = (messages, number) -> batch.bring(messages);
        try {
            StreamingQuery query = messages(context.session())
                    .writeStream()
                    .queryName("orders")
                    .option("checkpointLocation", checkpoint)
                    .trigger(endsByItself() ? Trigger.AvailableNow() : Trigger.ProcessingTime(every))
                    .foreachBatch(sink)
                    .start();
            query.awaitTermination();
        } catch (TimeoutException | StreamingQueryException e) {
            throw new StreamErrors(kafka.server().servers(), topic, checkpoint).explain(e);
        }
    }

    private Dataset<Row> messages(SparkSession session) {
        return session.readStream()
                .format("kafka")
                .options(kafka.server().sparkOptions())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", batch)
                // Messages of aborted transactions are not read.
                .option("kafka.isolation.level", "read_committed")
                .load();
    }

    private boolean endsByItself() {
        return every.equals(AVAILABLE_NOW);
    }

    /** Writes a ledger row every hour for an endless stream. */
    private void keepLedger(TaskContext context) {
        if (sinceLedger.elapsed().compareTo(LEDGER_EVERY) >= 0) {
            context.record(Outcome.SUCCEEDED, counts.result(), Optional.empty());
            counts = OrderCounts.NONE;
            context.start(counts.result());
            sinceLedger = context.stopwatch();
        }
    }
}
