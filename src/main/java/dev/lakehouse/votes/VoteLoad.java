package dev.lakehouse.votes;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.lakehouse.load.Deduplication;
import dev.lakehouse.load.Deduplication.Status;
import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.ProcessedFiles;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Quarantine;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.files.Lines;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.Report;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One attempt to load files of votes. The first delivery of each Id is stored and never changed. A later delivery with
 * the same content is a repetition; one with other content goes to quarantine.
 */
final class VoteLoad implements FileLoad.Product {
    private static final String CONFLICT = "conflicts with the stored vote";
    static final Column CONTENT = struct("post_id", "vote_type_id", "creation_date", "user_id", "bounty_amount");

    private final FileRun run;
    private final Target votes;
    private final Target quarantine;
    private final ProcessedFiles ingested;
    private Lines lines;
    private Dataset<Row> statuses;
    private MergePlan added;
    private List<Row> counts;

    VoteLoad(FileRun run) {
        this.run = run;
        this.votes = run.open(VoteTables.VOTES);
        this.quarantine = run.open(VoteTables.QUARANTINE);
        this.ingested = new ProcessedFiles(run.open(VoteTables.FILES));
    }

    @Override
    public Dataset<Row> pending(Dataset<Row> listed) {
        return FileRun.collected(ingested.pending(listed));
    }

    @Override
    public FileInput read(Dataset<Row> files) {
        FileRun.JsonInput json = run.json(files, VoteLines::validated);
        lines = json.lines();
        return json.input();
    }

    @Override
    public void deduplicate(FileInput input) {
        Dataset<Row> good = input.accepted().drop(TextFiles.TEXT);
        Dataset<Row> stored = votes.rows().where(IdRanges.of(good).hold());
        // They are used several times, and the stored votes change meanwhile.
        statuses = run.scratch()
                .keep(Deduplication.of(VoteTables.VOTES.key()).statuses(good, CONTENT, stored), "statuses");
    }

    /**
     * Quarantines lines that are not votes and lines whose votes conflict. The text of the latter comes from the lines.
     */
    @Override
    public MergePlan quarantine(FileInput input) {
        Dataset<Row> conflicts = lines.rows()
                .join(
                        statuses.where(Status.CONFLICT.is()).select(TextFiles.FILE, TextFiles.LINE),
                        VoteTables.QUARANTINE.keyColumns(),
                        "left_semi")
                .withColumn(Quality.REASONS, array(lit(CONFLICT)));
        Dataset<Row> bad = input.quarantined()
                .select(Quality.REASONS, TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT)
                .union(conflicts.select(Quality.REASONS, TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT));
        Dataset<Row> held = quarantine.rows().join(input.files(), VoteTables.FILES.keyColumns(), "left_semi");
        return Quarantine.mirror(quarantine, bad, held, run.scratch());
    }

    @Override
    public void merge(FileInput input) {
        added = run.write(MergePlan.newRows(votes, statuses.where(Status.NEW.is())));
    }

    /** Each line of a file is in exactly one of the counts of its row. */
    @Override
    public void record(FileInput input) {
        Dataset<Row> perFile =
                input.rows().groupBy(TextFiles.FILE).agg(count(lit(1)).as("lines"));
        Dataset<Row> good = statuses.groupBy(TextFiles.FILE)
                .agg(
                        count_if(Status.NEW.is().or(Status.STORED.is())).as("votes"),
                        count_if(Status.REPEATED.is()).as("repeated"));
        Dataset<Row> counted = input.files()
                .join(perFile, VoteTables.FILES.keyColumns(), "left")
                .join(good, VoteTables.FILES.keyColumns(), "left")
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
        counts = counted.collectAsList();
        run.write(ingested.record(run.context().session().createDataFrame(counts, counted.schema()), run.scratch()));
    }

    @Override
    public LoadResult result(FileInput input) {
        long quarantined = counts.stream()
                .mapToLong(file -> file.<Long>getAs("quarantined_count"))
                .sum();
        long repeated = lines.count() - added.inserted() - quarantined;
        return LoadResult.of(VoteTables.VOTES)
                .read(
                        lines.count(),
                        Report.count(lines.count(), "line") + " ("
                                + input.stopwatch().rate(lines.count()) + ")")
                .changed(added)
                .repeated(repeated, Report.count(repeated, "vote") + " delivered before, with the same content")
                .quarantined(quarantined, Report.count(quarantined, "line"))
                .line("table", Report.rows(votes.rows().count()));
    }
}
