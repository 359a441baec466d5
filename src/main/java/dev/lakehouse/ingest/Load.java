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
import dev.lakehouse.task.Scratch;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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

    private final TaskContext context;
    private final Landing landing;
    private final Manifest manifest;
    private final TargetTable target;
    private final TargetTable quarantine;
    private final TargetSource source;
    private final LoadRules rules;

    Load(TaskContext context, Landing landing, Manifest manifest, TargetTable target, LoadRules rules) {
        this.context = context;
        this.landing = landing;
        this.manifest = manifest;
        this.target = target;
        this.quarantine = target.quarantine();
        this.source = TargetSource.of(landing);
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
        target.open(manifest, source);
        long version = target.version();
        SchemaChange change = rules.policy().change(target, manifest.schema());
        target.columns().check(change);
        Dataset<Row> held = target.rows(change);
        List<ColumnDefinition> compared = TargetTable.present(manifest.definitions(), held);
        Dataset<Row> rows = withoutDiscarded(judged, compared);
        long before = held.count();
        try (ChangeSet changes = changes(held, rows, compared, judgement, before)) {
            rules.checkDeletes(target.name().toString(), before, changes.deleted());
            quarantine(rows, judgement);
            FailPoint.pass("load.quarantined");
            long labels = source.remember(target);
            evolve(target, change);
            write(target, changes, Quality.accepted(rows), version + labels + change.commits());
            FailPoint.pass("load.committed");
            if (change.isEmpty()) {
                tellHealed(changes);
            }
            tell(judgement, changes, stopwatch);
            DeltaProof.of(manifest, compared)
                    .check(
                            context,
                            target,
                            judgement,
                            Quality.accepted(rows),
                            Quality.quarantined(rows),
                            changes.stale());
            return result(judgement, changes);
        }
    }

    private void evolve(TargetTable table, SchemaChange change) {
        if (change.isEmpty()) {
            return;
        }
        table.columns().evolve(change);
        change.added().forEach(field -> context.report().line("evolved", "new column " + field.name()));
        change.widened().forEach(field -> context.report()
                .line(
                        "evolved",
                        "column " + field.name() + " is now " + field.dataType().sql()));
    }

    /** The rows with the columns that are compared, and the checksum of the whole source row. */
    private static Dataset<Row> withoutDiscarded(Dataset<Row> judged, List<ColumnDefinition> compared) {
        return judged.select(Stream.concat(
                        compared.stream().map(ColumnDefinition::name), Stream.of(RowFormat.CHECKSUM, Quality.REASONS))
                .map(name -> col(Sql.quoted(name)))
                .toArray(Column[]::new));
    }

    /**
     * Checksums are computed from the columns on both sides, never taken from what is stored: a value that somebody changed
     * in the table differs, and a column that only moved in the source does not.
     */
    private ChangeSet changes(
            Dataset<Row> held, Dataset<Row> rows, List<ColumnDefinition> compared, Judgement judgement, long before) {
        if (before == 0) {
            return ChangeSet.intoEmptyTable(judgement.accepted().rows());
        }
        Column checksum = manifest.rowFormat(compared).checksum();
        return ChangeSet.between(
                held.withColumn(ChangeSet.HELD, checksum),
                rows.withColumn(ChangeSet.WANTED, checksum)
                        .withColumn(ChangeSet.GOOD, size(col(Quality.REASONS)).equalTo(0)),
                manifest.key(),
                scratch(target));
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
        quarantine.open(manifest, source, REASONS);
        long planned = quarantine.version();
        SchemaChange change = rules.policy().change(quarantine, manifest.schema());
        Dataset<Row> held = quarantine.rows(change);
        List<ColumnDefinition> compared = TargetTable.present(TargetTable.present(manifest.definitions(), held), rows);
        Column version = xxhash64(manifest.rowFormat(compared).checksum(), col(Quality.REASONS));
        Dataset<Row> wanted = withoutDiscarded(Quality.quarantined(rows), compared);
        try (ChangeSet changes = ChangeSet.between(
                held.withColumn(ChangeSet.HELD, version),
                wanted.withColumn(ChangeSet.WANTED, version).withColumn(ChangeSet.GOOD, lit(true)),
                manifest.key(),
                scratch(quarantine))) {
            long labels = source.remember(quarantine);
            quarantine.columns().evolve(change);
            write(quarantine, changes, wanted, planned + labels + change.commits());
        }
    }

    /** Of its own for each table and run: an extract may be loaded into several tables at the same time. */
    private String scratch(TargetTable table) {
        return Scratch.below(landing.scratch(manifest.extract()) + "/"
                + PathSegment.of(table.name().toString()));
    }

    /** One commit, or none where nothing changes. */
    private void write(TargetTable table, ChangeSet changes, Dataset<Row> rows, long planned) {
        Instant now = context.clock().instant();
        try {
            if (changes.isInitial()) {
                table.append(rows, manifest.extract(), planned, now);
            } else if (!changes.isEmpty()) {
                table.merge(changes.rows(rows), manifest.key(), manifest.extract(), planned, now);
            }
        } catch (RuntimeException e) {
            throw TargetErrors.explain(table.name(), e);
        }
    }

    /** Where the columns changed as well, an edited row cannot be told from a changed one. */
    private void tellHealed(ChangeSet changes) {
        if (changes.edited() + changes.reducedToOne() > 0) {
            context.report()
                    .warn("Somebody changed " + target.name() + ": " + Report.rows(changes.edited())
                            + " edited and " + Report.count(changes.reducedToOne(), "key")
                            + " stored more than once; they are as in the extract again.");
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
