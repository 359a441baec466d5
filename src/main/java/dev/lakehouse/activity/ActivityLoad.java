package dev.lakehouse.activity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.source.files.JsonFiles;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.Lines;
import dev.lakehouse.source.files.RefusedFiles;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The way from the input to the tables, step by step, each step's rows kept in a scratch location. To be closed.
 *
 * @param output where the Parquet directories are
 * @param scratch a location for what is needed only while it runs
 * @param limit the longest line that is read
 */
record ActivityLoad(
        TaskContext context, Keyset keyset, ReportedEmail reportedEmail, String output, String scratch, LineLimit limit)
        implements AutoCloseable {
    private static final int MOST_SHOWN = 100;
    private static final List<String> ORDER = List.of("created_at", "id", Steps.WIDGET_POSITION);

    /** Runs it over files. */
    Result run(List<String> locations) {
        publication(false).check(output);
        publication(true).check(output);
        Result result = Result.none().table(ActivityTables.USER_ACTIVITY);
        context.progress(result);

        Input input = read(locations);
        Dataset<Row> judged = input.judged();
        Row counts = judged.agg(
                        count(lit(1)),
                        count_if(size(col(Quality.REASONS)).gt(0)),
                        count_if(col(ParsedLine.REVENUE_WAS_ROUNDED)))
                .head();
        long all = counts.getLong(0);
        long bad = counts.getLong(1);
        result = result.count(Measure.ROWS_READ, all).count(Measure.ROWS_QUARANTINED, bad);
        context.progress(result);
        quarantine(judged, bad, all);
        tellRounded(counts.getLong(2));

        Dataset<Row> ranked = ranked(Quality.accepted(judged));
        Row kept =
                ranked.agg(count(lit(1)), count_if(LocationIndex.HAS_LOCATION)).head();
        long different = kept.getLong(0);
        result = result.count(Measure.ROWS_DEDUPLICATED, all - bad - different);
        context.progress(result);
        context.report().line("removed", removed(all - bad - different, different));
        tellBest(ranked);

        Dataset<Row> activity = flattened(ranked);
        Content content = Content.of(activity, List.of(activity.columns()));
        context.report().line("flattened", Report.rows(content.rows()) + " of " + Report.rows(different));
        context.report().line("pseudonyms", "in place of email, by the key " + keyset.primary());
        publish(publication(false), activity, content);
        context.record(Outcome.SUCCEEDED, result.count(Measure.ROWS_WRITTEN, content.rows()), Optional.empty());

        result = index(ranked, different, different - kept.getLong(1));
        context.progress(result);
        input.refused().failIfAny("The tables hold what the other files say.");
        return result;
    }

    /** What was read, and the files that could not be. */
    private record Input(Dataset<Row> judged, RefusedFiles refused) {}

    private Input read(List<String> locations) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        SparkSession session = context.session();
        List<String> files = TextFiles.at(session, locations).select(TextFiles.FILE).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
        if (files.isEmpty()) {
            throw noRows(locations);
        }
        Lines read = TextFiles.read(session, files, scratch + "/lines", limit);
        Dataset<Row> all = kept(ActivityRows.judged(read.rows()), "rows");
        Lines lines = read.without(JsonFiles.refused(all, Quality.REASONS, read));
        if (lines.count() == 0) {
            lines.refused().failIfAny("What was loaded before stays as it is.");
            throw noRows(locations);
        }
        context.report()
                .line(
                        "read",
                        Report.rows(lines.count()) + " in " + Report.count(files.size(), "file")
                                + (lines.blank() == 0 ? "" : ", and " + Report.count(lines.blank(), "blank line"))
                                + " (" + stopwatch.rate(lines.count()) + ")");
        FailPoint.pass("activity.read");
        return new Input(lines.refused().without(all), lines.refused());
    }

    private static UserError noRows(List<String> locations) {
        return new UserError(
                "The input at " + String.join(", ", locations) + " has no rows.",
                "All of its files are empty.",
                "Check whether they were delivered whole; what was loaded before stays as it is.");
    }

    private void quarantine(Dataset<Row> judged, long bad, long all) {
        Dataset<Row> rows = Quality.quarantined(judged)
                .select(
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        col(TextFiles.TEXT).as("text"),
                        col(Quality.REASONS));
        Publication quarantine = new Publication(context, ActivityTables.QUARANTINE, List.of("_file", "_line"));
        quarantine.toTable(rows, Content.of(rows, List.of(rows.columns())));
        if (bad > 0) {
            context.report().warn(Report.rows(bad) + " in " + ActivityTables.QUARANTINE);
        }
        if (bad == all) {
            throw new UserError(
                    "No row of the input can be accepted.",
                    "Every one of its " + Report.rows(all) + " is in " + ActivityTables.QUARANTINE
                            + ", with its reasons.",
                    "Check whether it is the right input: one JSON object a line. What was loaded before stays as it is.");
        }
        FailPoint.pass("activity.quarantined");
    }

    private void tellRounded(long rounded) {
        if (rounded > 0) {
            context.report().line("rounded", "revenue to the cent in " + Report.rows(rounded));
        }
    }

    private Dataset<Row> ranked(Dataset<Row> accepted) {
        Dataset<Row> deduplicated = Steps.deduplicated(accepted)
                .drop(TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT, ParsedLine.REVENUE_WAS_ROUNDED);
        Dataset<Row> ranked = kept(Steps.ranked(deduplicated), "ranked");
        FailPoint.pass("activity.ranked");
        return ranked;
    }

    private static String removed(long removed, long left) {
        return Report.rows(removed) + " with the id and created_at of an earlier one; " + Report.rows(left) + " left";
    }

    /** These are few, but where all have the same score they are all: only so many are shown. */
    private void tellBest(Dataset<Row> ranked) {
        Dataset<Row> best = Steps.best(ranked);
        Dataset<Row> reported = reportedEmail == ReportedEmail.PLAIN ? best : Steps.pseudonymised(best, pseudonyms());
        List<Row> shown = reported.limit(MOST_SHOWN + 1).collectAsList();
        shown.stream().limit(MOST_SHOWN).forEach(row -> context.report()
                .show("rank 1", row.getString(0) + "  " + row.getString(1) + "  age group " + row.get(2)));
        if (shown.size() > MOST_SHOWN) {
            context.report().show("rank 1", "… the first " + MOST_SHOWN + " of " + Report.rows(best.count()));
        }
    }

    private Dataset<Row> flattened(Dataset<Row> ranked) {
        Dataset<Row> flattened = Steps.pseudonymised(Steps.withWidget(Steps.flattened(ranked)), pseudonyms());
        Dataset<Row> inOrder = flattened.select(columns(
                "id",
                "email",
                "age_group",
                "user_score",
                "revenue",
                "widget_list",
                "location",
                "created_at",
                Steps.RANK,
                "widget_name",
                "widget_amount",
                Steps.WIDGET_POSITION));
        Dataset<Row> kept = kept(inOrder, "flattened");
        FailPoint.pass("activity.flattened");
        return kept;
    }

    private Result index(Dataset<Row> ranked, long different, long without) {
        context.start(Result.none().table(ActivityTables.LOCATION_INDEX).count(Measure.ROWS_READ, different));
        Dataset<Row> index = kept(LocationIndex.of(ranked), "index");
        Content content = Content.of(index, List.of(index.columns()));
        context.report()
                .line(
                        "index",
                        Report.count(content.rows(), "location") + "; " + Report.rows(without)
                                + " without one left out");
        publish(publication(true), index, content);
        return Result.none()
                .table(ActivityTables.LOCATION_INDEX)
                .count(Measure.ROWS_READ, different)
                .count(Measure.ROWS_WRITTEN, content.rows());
    }

    private void publish(Publication publication, Dataset<Row> rows, Content content) {
        boolean table = publication.toTable(rows, content);
        context.report().line("table", publication.table() + (table ? " replaced" : " holds these rows already"));
        boolean parquet = publication.toParquet(
                rows,
                content,
                output,
                scratch + "/parquet/" + publication.table().table());
        context.report()
                .line("Parquet", publication.directory(output) + (parquet ? " replaced" : " holds these rows already"));
    }

    private Publication publication(boolean ofIndex) {
        return ofIndex
                ? new Publication(context, ActivityTables.LOCATION_INDEX, List.of("location"))
                : new Publication(context, ActivityTables.USER_ACTIVITY, ORDER);
    }

    private Pseudonyms pseudonyms() {
        return Pseudonyms.of("email", keyset);
    }

    private Dataset<Row> kept(Dataset<Row> rows, String name) {
        String place = scratch + "/" + name;
        rows.write().mode("overwrite").parquet(place);
        return context.session().read().schema(rows.schema()).parquet(place);
    }

    private static Column[] columns(String... names) {
        return Arrays.stream(names).map(name -> col(name)).toArray(Column[]::new);
    }

    @Override
    public void close() {
        FileStore.of(scratch).delete(scratch);
    }
}
