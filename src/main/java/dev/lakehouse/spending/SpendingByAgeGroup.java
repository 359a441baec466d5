package dev.lakehouse.spending;

import dev.lakehouse.Percentage;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.task.Scratch;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Joins customers with their purchases and sums up what each age group spent: tables in the schema {@code spending}, and
 * {@code combined_data.csv}, {@code age_group_spending.csv} and {@code total_spending_by_age_group.png} at a location.
 */
public final class SpendingByAgeGroup extends Task {
    @Option(names = "--customers", required = true, description = "File, folder or glob of customers, CSV")
    private String customers;

    @Option(names = "--purchases", required = true, description = "File, folder or glob of purchases, CSV")
    private String purchases;

    @Option(names = "--output", required = true, description = "Location for the three files")
    private String output;

    @Option(names = "--scratch", required = true, description = "Location for what is needed only while it runs")
    private String scratch;

    @Option(
            names = "--max-unreadable",
            defaultValue = "20%",
            paramLabel = "SHARE",
            description = "Of the values of a column of numbers, the largest share that may be no numbers (default:"
                    + " ${DEFAULT-VALUE})")
    private String maxUnreadable;

    @Mixin
    private LineLimit limit;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new SpendingByAgeGroup().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        context.progress(Result.none().table(Spending.COMBINED));
        Percentage share = Percentage.parse(maxUnreadable);
        String place = Scratch.below(scratch);
        try (Spending spending = new Spending(context, output.replaceFirst("/+$", ""), place, limit, share)) {
            return spending.run(customers, purchases);
        }
    }
}
