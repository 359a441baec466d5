package dev.lakehouse.cli;

import dev.lakehouse.task.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the rows that Spark reads, while it does: for the part of a step whose number of rows is known, and for the stage
 * that runs. Spark calls this on one thread, with the counts of its tasks at each heartbeat and at their end.
 */
final class SparkRows extends SparkListener {
    private static final String INPUT = "internal.metrics.input.recordsRead";
    private static final String SHUFFLED = "internal.metrics.shuffle.read.recordsRead";

    /**
     * A Spark stage.
     *
     * @param tasks how many Spark tasks it has
     * @param ended how many of them have ended
     * @param rows how many rows they have read, from sources and from other stages
     */
    record Stage(int id, int tasks, AtomicInteger ended, AtomicLong rows) {}

    /** Where the counts of a stage go: to the part only what is read from sources, as it speaks of those rows. */
    private record Counter(Stage stage, Optional<Step> part, Map<String, Long> idsOfCounts) {}

    private record RunningTask(Counter counter, long input, long shuffled) {}

    private final Map<Integer, Counter> stages = new HashMap<>();
    private final Map<Long, RunningTask> tasks = new HashMap<>();
    private volatile Stage current;

    /** The stage that began last, if it still runs. */
    Optional<Stage> stage() {
        return Optional.ofNullable(current);
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
        int id = event.stageInfo().stageId();
        current = new Stage(id, event.stageInfo().numTasks(), new AtomicInteger(), new AtomicLong());
        // Heartbeats in one JVM carry no names.
        Map<String, Long> idsOfCounts = new HashMap<>();
        CollectionConverters.asJava(event.stageInfo().taskMetrics().accumulators())
                .forEach(count -> idsOfCounts.put(count.name().getOrElse(() -> ""), count.id()));
        Optional<Step> part = Step.current().filter(step -> step.expectedRows() > 0);
        stages.put(id, new Counter(current, part, idsOfCounts));
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        Counter ended = stages.remove(event.stageInfo().stageId());
        if (ended != null && ended.stage().equals(current)) {
            current = null;
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        Counter counter = stages.get(event.stageId());
        if (counter != null) {
            tasks.put(event.taskInfo().taskId(), new RunningTask(counter, 0, 0));
        }
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
        CollectionConverters.asJava(event.accumUpdates()).forEach(update -> {
            Map<Long, Long> counts = new HashMap<>();
            for (AccumulableInfo count : CollectionConverters.asJava(update._4())) {
                if (count.update().isDefined() && count.update().get() instanceof Long value) {
                    counts.put(count.id(), value);
                }
            }
            RunningTask task = tasks.get((Long) update._1());
            if (task != null) {
                Map<String, Long> ids = task.counter().idsOfCounts();
                read(
                        (Long) update._1(),
                        counts.getOrDefault(ids.get(INPUT), task.input()),
                        counts.getOrDefault(ids.get(SHUFFLED), task.shuffled()));
            }
        });
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        long id = event.taskInfo().taskId();
        if (event.taskMetrics() != null) {
            read(
                    id,
                    event.taskMetrics().inputMetrics().recordsRead(),
                    event.taskMetrics().shuffleReadMetrics().recordsRead());
        }
        RunningTask ended = tasks.remove(id);
        if (ended != null) {
            ended.counter().stage().ended().incrementAndGet();
        }
    }

    /** A heartbeat may arrive after the end of its task. */
    private void read(long task, long input, long shuffled) {
        tasks.computeIfPresent(task, (id, before) -> {
            Counter counter = before.counter();
            counter.stage().rows().addAndGet(input + shuffled - before.input() - before.shuffled());
            counter.part().ifPresent(part -> part.add(input - before.input()));
            return new RunningTask(counter, input, shuffled);
        });
    }
}
