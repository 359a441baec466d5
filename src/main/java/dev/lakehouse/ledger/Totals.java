package dev.lakehouse.ledger;

import dev.lakehouse.ledger.TaskRun.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * What runs of a task did to a table, summed up.
 *
 * @param table the table's name
 * @param task the task's name
 * @param outcome how they ended
 * @param measures what the task counts
 */
public record Totals(String table, String task, Outcome outcome, Map<Measure, Long> measures) {

    /** The sum of what the task counts; 0 where it does not count it. */
    public long sum(Measure measure) {
        return measures.getOrDefault(measure, 0L);
    }

    /** Whether the task changes the table: it counts what it inserts. */
    public boolean isLoad() {
        return measures.containsKey(Measure.ROWS_INSERTED);
    }

    static Totals of(Row row) {
        Map<Measure, Long> sums = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            Long sum = row.getAs(measure.column());
            if (sum != null) {
                sums.put(measure, sum);
            }
        }
        return new Totals(
                row.getAs("table_name"),
                row.getAs("task"),
                Outcome.valueOf(row.<String>getAs("outcome").toUpperCase(Locale.ROOT)),
                sums);
    }
}
