package dev.lakehouse.sample.orders;

import dev.lakehouse.Percentage;
import dev.lakehouse.sample.Machine;
import dev.lakehouse.sample.Rate;
import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleCommand;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the stream of orders by its real task: the throughput into empty and into filled tables, then the latency of
 * live orders.
 */
@Command(
        mixinStandardHelpOptions = true,
        description = "Measure how many orders per second are streamed into the tables, and how long a live order"
                + " takes from Kafka to its row. The benchmark uses its own topic and tables and removes them at its"
                + " end.")
final class OrdersBenchmark implements SampleCommand {
    private static final OrderFaults FAULTS = new OrderFaults(
            Chance.of(Percentage.parse("3%")),
            Chance.NEVER,
            Chance.of(Percentage.parse("1%")),
            Chance.NEVER,
            Chance.NEVER);
    private static final int DAYS = 20;
    private static final int DAYS_MORE = DAYS / 10;
    private static final String LIVE_EVERY = "1 second";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Option(
            names = "--orders",
            paramLabel = "N",
            converter = RowCount.class,
            description = "Orders streamed into empty tables; then a tenth of that into the filled tables (default:"
                    + " ${DEFAULT-VALUE})")
    private long orders = 200_000;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            defaultValue = "100/second",
            description = "Rate of live orders (default: ${DEFAULT-VALUE})")
    private Rate rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long live orders are sent, such as 30s or 5m (default: ${DEFAULT-VALUE})")
    private Duration time;

    @Override
    public Consumer<SampleTarget> work() {
        return this::run;
    }

    /** A number of messages and the time that they took. */
    private record Flow(long messages, double seconds) {
        private static Flow since(Stopwatch start, long messages) {
            return new Flow(messages, start.seconds());
        }

        private void report(String what, SampleTarget target) {
            target.say("  %-24s%,14d%,12.1f%,14.0f", what, messages, seconds, messages / seconds);
        }
    }

    /** Measures, prints the results, and deletes its data. */
    private void run(SampleTarget target) {
        String machine = Machine.description();
        try (BenchmarkPlace place = BenchmarkPlace.open(target)) {
            StreamedTables empty = StreamedTables.make(place);
            target.say("== %,d orders into empty tables", DAYS * perDay());
            Instant now = Instant.now();
            Flow sent = send(place, plan(OrderPlan.SEED, DAYS, now.minus(Duration.ofDays(DAYS_MORE))));
            Flow first = stream(place, sent.messages());
            StreamedTables filled = empty.now();

            target.say("== %,d more orders into the filled tables", DAYS_MORE * perDay());
            Flow sentMore = send(place, plan(OrderPlan.SEED + 1, DAYS_MORE, now));
            Flow second = stream(place, sentMore.messages());
            StreamedTables beforeLive = filled.now();

            target.say("== live orders, %s for %d s, a batch every %s", rate, time.toSeconds(), LIVE_EVERY);
            Flow live = live(place);

            target.say("== results");
            target.say("%s", machine);
            target.say("%-26s%14s%12s%14s", "throughput", "messages", "seconds", "messages/s");
            sent.report("sent to Kafka", target);
            first.report("into empty tables", target);
            second.report("into filled tables", target);
            empty.reportRows(filled, first.seconds(), beforeLive, second.seconds());
            target.say("latency of live orders: %,d messages sent in %.1f s", live.messages(), live.seconds());
            beforeLive.reportLatency();
        }
    }

    private long perDay() {
        return (orders + DAYS - 1) / DAYS;
    }

    private OrderPlan plan(long seed, int days, Instant asOf) {
        return OrderPlan.of(seed, asOf)
                .sized(days, perDay(), OrderPlan.CUSTOMERS)
                .with(FAULTS);
    }

    private static Flow send(BenchmarkPlace place, OrderPlan plan) {
        Stopwatch start = Stopwatch.start();
        GeneratedCounts counts;
        try (OrderProducer producer = OrderProducer.to(place.topic())) {
            counts = OrderGenerator.of(plan).deliver(producer::send);
        }
        Flow flow = Flow.since(start, counts.messages());
        place.target()
                .say(
                        "Sent %,d messages: %,d orders, %,d repetitions and corrections, %,d messages that are not"
                                + " orders (%.1f s)",
                        counts.messages(),
                        counts.orders(),
                        counts.repeated() + counts.corrected(),
                        counts.malformed(),
                        flow.seconds());
        return flow;
    }

    private static Flow stream(BenchmarkPlace place, long messages) {
        Stopwatch start = Stopwatch.start();
        place.streamOrders();
        return Flow.since(start, messages);
    }

    private Flow live(BenchmarkPlace place) {
        FutureTask<Void> task = new FutureTask<>(() -> place.streamOrders("--every=" + LIVE_EVERY), null);
        Thread thread = new Thread(task, "stream-orders");
        thread.setDaemon(true);
        thread.start();
        try {
            StreamingQuery query = started(place.session(), task);
            Flow sent = sendLive(place);
            query.processAllAvailable();
            return sent;
        } finally {
            place.target().stopStreams();
            // If the stream ended earlier, its failure is the cause.
            await(task);
        }
    }

    private Flow sendLive(BenchmarkPlace place) {
        OrderPlan plan = OrderPlan.of(OrderPlan.SEED, Instant.now()).with(FAULTS);
        Stopwatch start = Stopwatch.start();
        try (OrderProducer producer = OrderProducer.to(place.topic())) {
            GeneratedCounts counts = OrderGenerator.of(plan).deliverLive(rate, time, producer::send);
            return Flow.since(start, counts.messages());
        }
    }

    private static StreamingQuery started(SparkSession session, FutureTask<Void> task) {
        while (session.streams().active().length == 0) {
            if (task.isDone()) {
                await(task);
                throw new IllegalStateException("The stream ended before an order was sent");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return session.streams().active()[0];
    }

    private static void await(FutureTask<Void> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The stream failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the stream ended", e);
        }
    }
}
