package dev.lakehouse.load;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a load. Its counts become lines of the report and the row of the ledger. */
public final class LoadResult {
    private record Line(String label, String text) {}

    private final TableName table;
    private final List<Line> lines = new ArrayList<>();
    private Result ledger;

    private LoadResult(TableName table) {
        this.table = table;
        this.ledger = Result.none().table(table);
    }

    /** The result of a load into a table. */
    public static LoadResult of(KeyedTable table) {
        return new LoadResult(table.name());
    }

    /**
     * What was read.
     *
     * @param text such as {@code 3 lines (2.3 s)}
     */
    public LoadResult read(long rows, String text) {
        ledger = ledger.count(Measure.ROWS_READ, rows);
        return line("read", text);
    }

    /** What changed in the table. */
    public LoadResult changed(MergePlan plan) {
        ledger = counted(ledger, plan);
        return line("changed", changes(plan));
    }

    /** A ledger row with the counts of changed rows. */
    public static Result counted(Result ledger, MergePlan plan) {
        return ledger.count(Measure.ROWS_WRITTEN, plan.inserted() + plan.updated())
                .count(Measure.ROWS_INSERTED, plan.inserted())
                .count(Measure.ROWS_UPDATED, plan.updated())
                .count(Measure.ROWS_DELETED, plan.deleted());
    }

    /** Such as {@code 3 inserted, 1 updated, 0 deleted}. */
    public static String changes(MergePlan plan) {
        return String.format(
                Locale.ROOT, "%,d inserted, %,d updated, %,d deleted", plan.inserted(), plan.updated(), plan.deleted());
    }

    /** Rows that were delivered before, or for which a newer row is stored. */
    public LoadResult repeated(long rows, String text) {
        ledger = ledger.count(Measure.ROWS_DEDUPLICATED, rows);
        return line("repeated", text);
    }

    /** Rows that were not accepted. */
    public LoadResult quarantined(long rows, String text) {
        ledger = ledger.count(Measure.ROWS_QUARANTINED, rows);
        return line("quarantined", text);
    }

    /** A count that the report does not show. */
    public LoadResult count(Measure measure, long value) {
        ledger = ledger.count(measure, value);
        return this;
    }

    /** A line of the report without a count. */
    public LoadResult line(String label, String text) {
        lines.add(new Line(label, text));
        return this;
    }

    /** Prints the lines and keeps the counts for the ledger in case the task fails afterwards. */
    Result report(TaskContext context) {
        Report report = context.report();
        lines.forEach(line -> report.line(line.label(), line.text()));
        report.line("where", context.tables().location(table));
        context.progress(ledger);
        return ledger;
    }
}
