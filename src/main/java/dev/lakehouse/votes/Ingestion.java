package dev.lakehouse.votes;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.source.files.JsonFiles;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.Lines;
import dev.lakehouse.source.files.RefusedFiles;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableChange;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Target;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings files into the tables: quarantine first, then votes, and the files last, each as at most one commit. A file
 * counts as ingested once its row is there; so what was stopped is done again, and what was written by then is found to be
 * there. To be closed.
 */
final class Ingestion implements AutoCloseable {
    private static final String CONFLICT = "conflicts with the stored vote";

    private final TaskContext context;
    private final String scratch;
    private final LineLimit limit;
    private final Instant now;
    private final Target votes;
    private final Target quarantine;
    private final Target files;

    private Ingestion(TaskContext context, String scratch, LineLimit limit) {
        this.context = context;
        this.scratch = scratch;
        this.limit = limit;
        this.now = context.clock().instant();
        this.votes = open(VoteTables.VOTES, VoteTables.VOTES_KEY);
        this.quarantine = open(VoteTables.QUARANTINE, VoteTables.QUARANTINE_KEY);
        this.files = open(VoteTables.FILES, VoteTables.FILES_KEY);
    }

    private Target open(TableName name, List<String> key) {
        return Target.open(context.session(), context.tables(), name, key, key);
    }

    /**
     * Opens the tables.
     *
     * @param scratch a location for what is needed only while it runs; removed by {@link #close()}
     * @param limit the longest line that is read
     */
    static Ingestion open(TaskContext context, String scratch, LineLimit limit) {
        return new Ingestion(context, scratch, limit);
    }

    /** Of listed files those that were not ingested in the state in which they are now. */
    List<Row> unknown(Dataset<Row> listed) {
        Dataset<Row> ingested = files.rows().select(TextFiles.FILE, "_size", "_modified_at");
        return listed.join(ingested, ingested.columns(), "left_anti").collectAsList();
    }

    /** Ingests files, says what became of their lines, and then fails if there are files of another kind among them. */
    Result run(List<Row> unknown) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        Dataset<Row> delivered =
                context.session().createDataFrame(unknown, unknown.get(0).schema());
        List<String> locations = unknown.stream().map(row -> row.getString(0)).toList();
        Lines read = TextFiles.read(context.session(), locations, scratch + "/lines", limit);
        Dataset<Row> all = kept(VoteLines.judged(read.rows()), "judged");
        Lines lines = read.without(JsonFiles.refused(all, Quality.REASONS, read));
        RefusedFiles refused = lines.refused();
        Result result = refused.files().size() == unknown.size()
                ? Result.none().table(VoteTables.VOTES).count(Measure.ROWS_READ, 0)
                : ingest(refused.without(delivered), lines, refused.without(all), stopwatch);
        context.progress(result);
        refused.failIfAny("The other files are ingested.");
        return result;
    }

    private Result ingest(Dataset<Row> listed, Lines lines, Dataset<Row> judged, TaskContext.Stopwatch stopwatch) {
        Dataset<Row> good = Quality.accepted(judged).drop(TextFiles.TEXT);
        Dataset<Row> stored = votes.rows().where(IdRanges.of(good).hold());
        Dataset<Row> fates = kept(Fate.of(good, stored), "fates");
        Dataset<Row> refused = refused(judged, fates, lines);
        FailPoint.pass("votes.read");

        Dataset<Row> earlier = quarantine.rows().join(listed, VoteTables.FILES_KEY.toArray(String[]::new), "left_semi");
        TableChange.between(quarantine, refused, earlier, scratch + "/quarantine")
                .write(now);
        FailPoint.pass("votes.quarantined");

        Dataset<Row> added = fates.where(Fate.NEW.is())
                .select(votes.columns().stream().map(column -> col(column)).toArray(Column[]::new));
        long count = added.count();
        if (count > 0) {
            votes.append(added, count, now);
        }
        FailPoint.pass("votes.appended");

        Dataset<Row> counted = kept(counted(listed, judged, fates), "counted");
        Dataset<Row> ingested = files.rows().join(listed, VoteTables.FILES_KEY.toArray(String[]::new), "left_semi");
        (ingested.isEmpty()
                        ? TableChange.ofNewRows(files, counted)
                        : TableChange.between(files, counted, ingested, scratch + "/files"))
                .write(now);
        FailPoint.pass("votes.committed");
        return tell(lines, count, counted, stopwatch);
    }

    private Dataset<Row> kept(Dataset<Row> rows, String name) {
        rows.write().mode("overwrite").parquet(scratch + "/" + name);
        return context.session().read().schema(rows.schema()).parquet(scratch + "/" + name);
    }

    /** The lines that are no votes, and those whose votes conflict: of these the text is still with the lines. */
    private static Dataset<Row> refused(Dataset<Row> judged, Dataset<Row> fates, Lines lines) {
        String[] key = VoteTables.QUARANTINE_KEY.toArray(String[]::new);
        Dataset<Row> conflicts = lines.rows()
                .join(fates.where(Fate.CONFLICT.is()).select(TextFiles.FILE, TextFiles.LINE), key, "left_semi")
                .withColumn(Quality.REASONS, array(lit(CONFLICT)));
        return Quality.quarantined(judged)
                .select(Quality.REASONS, TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT)
                .union(conflicts.select(Quality.REASONS, TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT));
    }

    /** The rows of the table of files: every line is in one of the counts. */
    private static Dataset<Row> counted(Dataset<Row> listed, Dataset<Row> judged, Dataset<Row> fates) {
        Dataset<Row> perFile = judged.groupBy(TextFiles.FILE).agg(count(lit(1)).as("lines"));
        Dataset<Row> good = fates.groupBy(TextFiles.FILE)
                .agg(
                        count_if(Fate.NEW.is().or(Fate.STORED.is())).as("votes"),
                        count_if(Fate.REPEATED.is()).as("repeated"));
        String[] key = VoteTables.FILES_KEY.toArray(String[]::new);
        return listed.join(perFile, key, "left")
                .join(good, key, "left")
                .na()
                .fill(0L)
                .select(
                        col(TextFiles.FILE),
                        col("_size"),
                        col("_modified_at"),
                        col("lines").as("line_count"),
                        col("votes").as("vote_count"),
                        col("repeated").as("repeated_count"),
                        col("lines").minus(col("votes")).minus(col("repeated")).as("quarantined_count"));
    }

    private Result tell(Lines lines, long added, Dataset<Row> counted, TaskContext.Stopwatch stopwatch) {
        long quarantined =
                counted.agg(coalesce(sum("quarantined_count"), lit(0L))).head().getLong(0);
        long before = lines.count() - added - quarantined;
        Report report = context.report();
        report.line("read", Report.count(lines.count(), "line") + " (" + stopwatch.rate(lines.count()) + ")");
        report.line("votes", Report.rows(added) + " added");
        report.line("again", Report.count(before, "vote") + " delivered before, with the same content");
        report.line("quarantine", Report.count(quarantined, "line"));
        report.line("table", VoteTables.VOTES + ": " + Report.rows(votes.rows().count()));
        return Result.none()
                .table(VoteTables.VOTES)
                .count(Measure.ROWS_READ, lines.count())
                .count(Measure.ROWS_WRITTEN, added)
                .count(Measure.ROWS_INSERTED, added)
                .count(Measure.ROWS_DEDUPLICATED, before)
                .count(Measure.ROWS_QUARANTINED, quarantined);
    }

    @Override
    public void close() {
        FileStore.of(scratch).delete(scratch);
    }
}
