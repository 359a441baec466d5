package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The load of one extract into its target: quarantine first, then the data, each as at most one commit. Repeated, it
 * finds nothing to do.
 */
final class Load {
    private static final StructField REASONS =
            DataTypes.createStructField(Quality.REASONS, DataTypes.createArrayType(DataTypes.StringType), false);
    private static final String VERSION = "_version";

    private final TaskContext context;
    private final Landing landing;
    private final Manifest manifest;
    private final TargetTable target;
    private final TargetTable quarantine;
    private final LoadRules rules;

    Load(TaskContext context, Landing landing, Manifest manifest, TargetTable target, LoadRules rules) {
        this.context = context;
        this.landing = landing;
        this.manifest = manifest;
        this.target = target;
        this.quarantine = new TargetTable(
                context.session(), context.tables(), target.name().with("_quarantine"));
        this.rules = rules;
    }

    /** Does it, and says what it did; an extract that cannot be loaded throws {@link ExtractRefused}. */
    Result run() {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        ExtractReader extract = new ExtractReader(context.session(), landing, manifest);
        extract.verify();
        FailPoint.pass("load.verified");

        Dataset<Row> judged = Quality.judge(extract.rows(), rules.expectations(manifest));
        Judgement judgement = Judgement.of(judged);
        context.report()
                .line(
                        "read",
                        Report.rows(judgement.all().rows()) + " of extract " + manifest.extract() + ", "
                                + Report.count(manifest.files().size(), "file") + " as in its manifest");
        target.open(manifest);
        rules.policy()
                .added(target.name().toString(), target.schema(), manifest.schema())
                .forEach(field -> context.report().line("evolved", "new column " + field.name()));
        Dataset<Row> rows = withoutDiscarded(judged);
        long before = target.rows().count();
        try (ChangeSet changes = changes(rows, judgement, before)) {
            rules.checkDeletes(target.name().toString(), before, changes.deleted());
            quarantine(rows, judgement);
            FailPoint.pass("load.quarantined");
            write(target, changes, Quality.accepted(rows));
            FailPoint.pass("load.committed");
            tell(judgement, changes, stopwatch);
            DeltaProof.check(context, target, manifest, judgement, Quality.quarantined(judged), changes.stale());
            return result(judgement, changes);
        }
    }

    private Dataset<Row> withoutDiscarded(Dataset<Row> judged) {
        if (rules.policy() != SchemaPolicy.DISCARD) {
            return judged;
        }
        List<String> present = List.of(target.schema().fieldNames());
        return judged.select(Arrays.stream(judged.columns())
                .filter(name -> name.equals(Quality.REASONS) || present.contains(name))
                .map(name -> col(Sql.quoted(name)))
                .toArray(Column[]::new));
    }

    private ChangeSet changes(Dataset<Row> rows, Judgement judgement, long before) {
        if (before == 0) {
            return ChangeSet.intoEmptyTable(judgement.accepted().rows());
        }
        return ChangeSet.between(
                target.rows(),
                rows.withColumn(ChangeSet.GOOD, size(col(Quality.REASONS)).equalTo(0)),
                manifest.key(),
                RowFormat.CHECKSUM,
                landing.scratch(manifest.extract()) + "/changes");
    }

    /**
     * Brings the quarantine table to the state of the extract: it holds the rows that break expectations now, each with
     * all its reasons.
     */
    private void quarantine(Dataset<Row> rows, Judgement judgement) {
        long bad = judgement.quarantined().rows();
        if (bad == 0 && (!quarantine.exists() || quarantine.isEmpty())) {
            return;
        }
        quarantine.open(manifest, REASONS);
        Column version = xxhash64(col(RowFormat.CHECKSUM), col(Quality.REASONS));
        Dataset<Row> wanted = Quality.quarantined(rows);
        try (ChangeSet changes = ChangeSet.between(
                quarantine.rows().withColumn(VERSION, version),
                wanted.withColumn(VERSION, version).withColumn(ChangeSet.GOOD, lit(true)),
                manifest.key(),
                VERSION,
                landing.scratch(manifest.extract()) + "/quarantined")) {
            write(quarantine, changes, wanted);
        }
    }

    /** One commit, or none where nothing changes. */
    private void write(TargetTable table, ChangeSet changes, Dataset<Row> rows) {
        Instant now = context.clock().instant();
        try {
            if (changes.isInitial()) {
                table.append(rows, manifest.extract(), now);
            } else if (!changes.isEmpty()) {
                table.merge(changes.rows(rows), manifest.key(), manifest.extract(), now);
            }
        } catch (RuntimeException e) {
            throw TargetErrors.explain(table.name(), e);
        }
    }

    private void tell(Judgement judgement, ChangeSet changes, TaskContext.Stopwatch stopwatch) {
        context.report()
                .line(
                        "changed",
                        String.format(
                                Locale.ROOT,
                                "%,d inserted, %,d updated, %,d deleted (%s)",
                                changes.inserted(),
                                changes.updated(),
                                changes.deleted(),
                                stopwatch.rate(judgement.all().rows())));
        if (judgement.quarantined().rows() > 0) {
            context.report()
                    .line(
                            "quarantined",
                            Report.rows(judgement.quarantined().rows()) + " in " + quarantine.name() + ", of which "
                                    + changes.stale() + " stay stale in " + target.name());
        }
    }

    private Result result(Judgement judgement, ChangeSet changes) {
        return Result.none()
                .table(target.name())
                .extract(manifest.extract())
                .checksum(judgement.accepted().checksum())
                .count(Measure.ROWS_READ, judgement.all().rows())
                .count(Measure.ROWS_WRITTEN, changes.inserted() + changes.updated())
                .count(Measure.ROWS_INSERTED, changes.inserted())
                .count(Measure.ROWS_UPDATED, changes.updated())
                .count(Measure.ROWS_DELETED, changes.deleted())
                .count(Measure.ROWS_QUARANTINED, judgement.quarantined().rows())
                .count(Measure.ROWS_STALE, changes.stale());
    }
}
