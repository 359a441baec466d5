package dev.lakehouse.cli;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun;
import dev.lakehouse.ledger.TaskRun.Outcome;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The summed results of a task's runs on a table.
 *
 * @param table the table's name
 * @param task the task's name
 * @param outcome how they ended
 * @param measures the sums of the counts
 */
record Totals(String table, String task, Outcome outcome, Map<Measure, Long> measures) {

    /** The sum of a measure; 0 if the task does not count it. */
    long sum(Measure measure) {
        return measures.getOrDefault(measure, 0L);
    }

    /** Whether the task changes the table, which is the case if it counts inserted rows. */
    boolean isLoad() {
        return measures.containsKey(Measure.ROWS_INSERTED);
    }

    /**
     * Sums up runs for each table and task, in the order in which they began. Failed runs and runs without a table are left
     * out.
     */
    static List<Totals> of(List<TaskRun> runs) {
        Map<List<Object>, Totals> totals = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> run.outcome() != Outcome.FAILED)
                .sorted(Comparator.comparing(TaskRun::startedAt))
                .forEach(run -> run.result()
                        .table()
                        .ifPresent(table -> totals.merge(
                                List.of(table, run.task(), run.outcome()),
                                new Totals(
                                        table,
                                        run.task(),
                                        run.outcome(),
                                        run.result().measures()),
                                Totals::plus)));
        return List.copyOf(totals.values());
    }

    private Totals plus(Totals other) {
        Map<Measure, Long> sums = new EnumMap<>(Measure.class);
        sums.putAll(measures);
        other.measures.forEach((measure, count) -> sums.merge(measure, count, Long::sum));
        return new Totals(table, task, outcome, sums);
    }
}
