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
import dev.lakehouse.load.Columns;
import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Quarantine;
import dev.lakehouse.load.Target;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.source.files.Lines;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.Report;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One attempt to compute the tables and the Parquet directories from the input. Each step is reported when it is
 * complete.
 */
final class ActivityLoad implements FileLoad.Product {
    private static final int MOST_SHOWN = 100;

    private final FileRun run;
    private final Report report;
    private final Keyset keyset;
    private final ReportedEmail reportedEmail;
    private final String input;
    private final ParquetExport activityExport;
    private final ParquetExport indexExport;
    private final Target quarantine;
    private final Target activity;
    private final Target index;
    private Result counted = Result.none().table(ActivityTables.USER_ACTIVITY);
    private long all;
    private long bad;
    private long different;
    private long withLocation;
    private long locations;
    private Dataset<Row> ranked;

    /**
     * Opens the tables.
     *
     * @param output the location of the Parquet directories
     * @param input the input, for messages
     */
    ActivityLoad(FileRun run, Keyset keyset, ReportedEmail reportedEmail, String output, String input) {
        this.run = run;
        this.report = run.context().report();
        this.keyset = keyset;
        this.reportedEmail = reportedEmail;
        this.input = input;
        this.activityExport = new ParquetExport(ActivityTables.USER_ACTIVITY, output);
        this.indexExport = new ParquetExport(ActivityTables.LOCATION_INDEX, output);
        activityExport.check();
        indexExport.check();
        this.quarantine = run.open(ActivityTables.QUARANTINE);
        this.activity = run.open(ActivityTables.USER_ACTIVITY);
        this.index = run.open(ActivityTables.LOCATION_INDEX);
    }

    /** Refuses an empty input, because it would delete all rows of the tables. */
    @Override
    public Dataset<Row> pending(Dataset<Row> listed) {
        if (listed.isEmpty()) {
            throw noRows();
        }
        return listed;
    }

    @Override
    public FileInput read(Dataset<Row> files) {
        FileRun.JsonInput json = run.json(files, ActivityRows::validated);
        Lines lines = json.lines();
        if (lines.count() == 0) {
            lines.refused().failIfAny("Rows that were loaded before are unchanged.");
            throw noRows();
        }
        report.line(
                "read",
                Report.rows(lines.count()) + " in " + Report.count(files.count(), "file")
                        + (lines.blank() == 0 ? "" : ", and " + Report.count(lines.blank(), "blank line")) + " ("
                        + json.input().stopwatch().rate(lines.count()) + ")");
        countRead(json.input().rows());
        return json.input();
    }

    private UserError noRows() {
        return new UserError(
                "The input at " + input + " has no rows.",
                "All of its files are empty.",
                "Check whether the delivery is complete. Rows that were loaded before are unchanged.");
    }

    private void countRead(Dataset<Row> rows) {
        Row counts = rows.agg(
                        count(lit(1)),
                        count_if(size(col(Quality.REASONS)).gt(0)),
                        count_if(col(ParsedLine.REVENUE_WAS_ROUNDED)))
                .head();
        all = counts.getLong(0);
        bad = counts.getLong(1);
        progress(counted.count(Measure.ROWS_READ, all).count(Measure.ROWS_QUARANTINED, bad));
        if (counts.getLong(2) > 0) {
            report.line("rounded", "revenue to the cent in " + Report.rows(counts.getLong(2)));
        }
    }

    @Override
    public MergePlan quarantine(FileInput rows) {
        if (bad > 0) {
            report.warn(Report.rows(bad) + " in " + ActivityTables.QUARANTINE);
        }
        Dataset<Row> refused = rows.quarantined().withColumnRenamed(TextFiles.TEXT, "text");
        return Quarantine.mirror(quarantine, refused, quarantine.rows(), run.scratch());
    }

    @Override
    public void merge(FileInput rows) {
        checkAcceptable();
        rank(rows);
        reportBest();
        Dataset<Row> flattened = run.scratch()
                .keep(
                        ActivityTransforms.pseudonymised(
                                        ActivityTransforms.withWidget(ActivityTransforms.flattened(ranked)),
                                        pseudonyms())
                                .select(Columns.named(activity.columns())),
                        "flattened");
        run.passed("flattened");
        long written = flattened.count();
        report.line("flattened", Report.rows(written) + " of " + Report.rows(different));
        report.line("pseudonyms", "in place of email, by the key " + keyset.primary());
        publish(activity, flattened, activityExport);
        run.context().record(Outcome.SUCCEEDED, counted.count(Measure.ROWS_WRITTEN, written), Optional.empty());
        publishIndex();
    }

    private void checkAcceptable() {
        if (bad == all) {
            throw new UserError(
                    "No row of the input can be accepted.",
                    "Its " + Report.rows(all) + " went to " + ActivityTables.QUARANTINE + ", with all reasons.",
                    "Check whether it is the right input: one JSON object per line. Rows that were loaded before are"
                            + " unchanged.");
        }
    }

    private void rank(FileInput rows) {
        Dataset<Row> deduplicated = ActivityTransforms.deduplicated(rows.accepted())
                .drop(TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT, ParsedLine.REVENUE_WAS_ROUNDED);
        // Computed with two windows over all rows, and used by the report, the table and the index.
        ranked = run.scratch().keep(ActivityTransforms.ranked(deduplicated), "ranked");
        run.passed("ranked");
        Row kept =
                ranked.agg(count(lit(1)), count_if(LocationIndex.HAS_LOCATION)).head();
        different = kept.getLong(0);
        withLocation = kept.getLong(1);
        long repeated = all - bad - different;
        progress(counted.count(Measure.ROWS_DEDUPLICATED, repeated));
        report.line(
                "removed",
                Report.rows(repeated) + " with the id and created_at of an earlier one; " + Report.rows(different)
                        + " remain");
    }

    /** Usually these are few, but if all scores are equal they are all rows, so their number is limited. */
    private void reportBest() {
        Dataset<Row> best = ActivityTransforms.best(ranked);
        Dataset<Row> reported =
                reportedEmail == ReportedEmail.PLAIN ? best : ActivityTransforms.pseudonymised(best, pseudonyms());
        List<Row> shown = reported.limit(MOST_SHOWN + 1).collectAsList();
        shown.stream()
                .limit(MOST_SHOWN)
                .forEach(row -> report.show(
                        "rank 1", row.getString(0) + "  " + row.getString(1) + "  age group " + row.get(2)));
        if (shown.size() > MOST_SHOWN) {
            report.show("rank 1", "… the first " + MOST_SHOWN + " of " + Report.rows(best.count()));
        }
    }

    private void publishIndex() {
        run.context().start(Result.none().table(ActivityTables.LOCATION_INDEX).count(Measure.ROWS_READ, different));
        Dataset<Row> rows = run.scratch().keep(LocationIndex.of(ranked), "index");
        locations = rows.count();
        report.line(
                "index",
                Report.count(locations, "location") + "; " + Report.rows(different - withLocation)
                        + " without one were skipped");
        publish(index, rows, indexExport);
    }

    private void publish(Target table, Dataset<Row> rows, ParquetExport export) {
        MergePlan plan = run.write(MergePlan.fullState(table, rows, table.rows(), run.scratch()));
        report.line(
                "table",
                table.table() + (plan.isEmpty() ? " already has these rows" : ": " + LoadResult.changes(plan)));
        report.line(
                "Parquet", export.directory() + (export.write(run, rows) ? " replaced" : " already has these rows"));
    }

    @Override
    public LoadResult result(FileInput rows) {
        return LoadResult.of(ActivityTables.LOCATION_INDEX)
                .count(Measure.ROWS_READ, different)
                .count(Measure.ROWS_WRITTEN, locations);
    }

    private void progress(Result known) {
        counted = known;
        run.context().progress(known);
    }

    private Pseudonyms pseudonyms() {
        return Pseudonyms.of("email", keyset);
    }
}
