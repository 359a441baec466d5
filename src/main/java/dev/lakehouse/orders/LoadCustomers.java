package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.table.ChangedMeanwhile;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Scratch;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Loads batches of customers into {@code orders.customers} and {@code orders.customer_industries}: of each customer the
 * row delivered last. A batch with the content of the one delivered before it changes nothing, whatever its name.
 */
public final class LoadCustomers extends Task {
    @Option(names = "--input", required = true, description = "File, folder or glob of customers, CSV")
    private String input;

    @Option(names = "--scratch", required = true, description = "Location for what is needed only while it runs")
    private String scratch;

    @Mixin
    private LineLimit limit;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadCustomers().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        Result result = Result.none().table(OrderTables.CUSTOMERS).count(Measure.ROWS_READ, 0);
        context.progress(result);
        Dataset<Row> listed = TextFiles.at(context.session(), List.of(input));
        return ChangedMeanwhile.retried(() -> load(context, listed, result));
    }

    private Result load(TaskContext context, Dataset<Row> listed, Result nothing) {
        try (CustomerBatches batches = new CustomerBatches(context, Scratch.below(scratch), limit)) {
            // A row for each file that was delivered since the last run.
            List<Row> unknown = batches.unknown(listed)
                    .orderBy(col("_modified_at"), col(TextFiles.FILE))
                    .collectAsList();
            context.report()
                    .line(
                            "batches",
                            Report.count(listed.count(), "file") + " in " + input + ", "
                                    + (unknown.isEmpty() ? "none" : unknown.size()) + " new or changed");
            if (unknown.isEmpty()) {
                batches.followCustomers();
                return nothing;
            }
            return batches.load(unknown);
        }
    }
}
