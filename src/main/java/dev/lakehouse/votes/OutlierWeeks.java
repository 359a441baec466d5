package dev.lakehouse.votes;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** Recreates the view {@code blog_analysis.outlier_weeks} and prints its rows. */
public final class OutlierWeeks extends Task {
    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Value of $${NAME} in the grants of Unity Catalog; may be repeated")
    private Map<String, String> values = Map.of();

    /** Runs the task. */
    public static void main(String[] arguments) {
        new OutlierWeeks().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        context.tables().open(VoteTables.VOTES.name());
        context.tables().createView(VoteTables.OUTLIER_WEEKS, values);
        // At most one row per week, about fifty a year.
        List<Row> weeks = context.session()
                .table(VoteTables.OUTLIER_WEEKS.sql())
                .orderBy("year", "week_number")
                .collectAsList();
        context.report().show("view", VoteTables.OUTLIER_WEEKS.toString());
        context.report().show("year", "week_number  vote_count");
        for (Row week : weeks) {
            context.report()
                    .show(
                            String.valueOf(week.getInt(0)),
                            String.format(Locale.ROOT, "%11d  %10d", week.getInt(1), week.getLong(2)));
        }
        return Result.none().table(VoteTables.OUTLIER_WEEKS).count(Measure.ROWS_READ, weeks.size());
    }
}
