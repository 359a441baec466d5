package dev.lakehouse.orders;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.load.DeltaSink;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Target;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/**
 * Ranks the industries by their change in the last 24 hours. Writes {@code orders.industry_change} and
 * {@code industry_change.png}. The definition is the query {@code schemas/orders/queries/industry_change.sql}.
 */
public final class RankIndustries extends Task {
    private static final int TOP = 3;

    @Option(
            names = "--as-of",
            defaultValue = "",
            description = "The moment to look back from (UTC, such as 2026-01-31T06:00:00Z), rounded down to the hour;"
                    + " default: now")
    private String asOf;

    @Option(names = "--output", required = true, description = "Location for the chart")
    private String output;

    @Option(names = "--scratch", required = true, description = "Location for temporary files")
    private String scratch;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new RankIndustries().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        context.progress(Result.none().table(OrderTables.INDUSTRY_CHANGE));
        Instant moment = moment(context);
        context.tables().open(OrderTables.CUSTOMER_HOURLY.name());
        context.tables().open(OrderTables.CUSTOMER_INDUSTRIES.name());
        Dataset<Row> ranked = context.session()
                .sql(SqlScript.query("orders", "industry_change")
                        .with("as_of", moment.toString())
                        .statements()
                        .get(0));
        // One row per industry of the list.
        List<Row> rows = ranked.collectAsList();
        Dataset<Row> few = context.session().createDataFrame(rows, ranked.schema());
        MergePlan change = DeltaSink.retrying(() -> write(context, few, moment));
        FailPoint.pass("RankIndustries.industry_change");

        List<RankedIndustry> industries = rows.stream().map(RankedIndustry::of).toList();
        byte[] chart = IndustryChart.png(moment, industries);
        String place = Location.below(output, "industry_change.png");
        FileStore.of(place).replace(place, out -> out.write(chart));
        report(context.report(), moment, industries, place);
        return LoadResult.counted(Result.none().table(OrderTables.INDUSTRY_CHANGE), change)
                .count(Measure.ROWS_READ, rows.size());
    }

    private Instant moment(TaskContext context) {
        try {
            Instant given = asOf.isEmpty() ? context.clock().instant() : Instant.parse(asOf);
            return given.truncatedTo(ChronoUnit.HOURS);
        } catch (DateTimeParseException e) {
            throw new UserError(
                    "'" + asOf + "' is not a timestamp.",
                    "--as-of takes an ISO date and time in UTC.",
                    "Give, for example, 2026-01-31T06:00:00Z, or omit the option to use the current time.",
                    e);
        }
    }

    private MergePlan write(TaskContext context, Dataset<Row> ranked, Instant moment) {
        Target target = Target.open(context, OrderTables.INDUSTRY_CHANGE);
        try (ScratchSpace space = context.scratch(scratch)) {
            Dataset<Row> held = target.rows().where("as_of = TIMESTAMP'" + moment + "'");
            return DeltaSink.write(MergePlan.fullState(target, ranked, held, space));
        }
    }

    private static void report(Report report, Instant moment, List<RankedIndustry> industries, String chart) {
        report.line("as of", moment.toString());
        report.line("rank", RankedIndustry.HEADER);
        industries.forEach(industry -> report.line(Integer.toString(industry.rank()), industry.inOneLine()));
        report.line(
                "top " + TOP,
                String.join(
                        ", ",
                        industries.stream()
                                .filter(industry -> industry.rank() <= TOP)
                                .map(industry -> industry.name() + " (" + industry.relativeInWords() + ")")
                                .toList()));
        report.line("chart", chart);
    }
}
