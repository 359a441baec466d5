package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractReader;
import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.load.DeltaSink;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.RejectedRowsException;
import dev.lakehouse.load.Replacement;
import dev.lakehouse.load.RowState;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.storage.PathSegment;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The load of one extract into its target: quarantine first, then the data, each as at most one commit. A repetition
 * changes nothing.
 */
final class Load {
    private static final StructField REASONS =
            DataTypes.createStructField(Quality.REASONS, DataTypes.createArrayType(DataTypes.StringType), false);

    private static final SchemaChange NO_CHANGE = new SchemaChange(List.of(), List.of(), List.of());

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

    /**
     * Loads the extract and reports the result. Throws {@link ExtractRejectedException} if the extract cannot be
     * loaded.
     */
    Result run() {
        return context.adaptedTo(manifest.rows(), this::load);
    }

    private Result load() {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        ExtractReader extract = new ExtractReader(context.session(), landing, manifest);
        extract.verify();
        FailPoint.pass("load.verified");

        Step.part("validating", manifest.rows());
        Dataset<Row> validated = rules.validate(extract.rows(), landing.provenAt(manifest));
        ValidationCounts counts = ValidationCounts.of(validated);
        context.report()
                .line(
                        "read",
                        Report.rows(counts.all().rows()) + " of extract " + manifest.extract() + ", "
                                + Report.count(manifest.files().size(), "file") + " as in its manifest");
        Step.part("opening the table");
        target.open(manifest, source);
        Target found = target.target(context, manifest.key());
        SchemaChange change = rules.policy().change(target.columns().of(manifest), target.schema(), manifest.schema());
        target.columns().check(change);
        Dataset<Row> held = target.rows(change);
        List<ColumnDefinition> compared = TargetTable.present(manifest.definitions(), held);
        Dataset<Row> rows = withoutDiscarded(validated, compared);
        Dataset<Row> accepted = accepted(rows, counts);
        Step.part("comparing");
        try (ScratchSpace scratch = context.scratch(scratchOfTarget())) {
            MergePlan plan = found.isNew()
                    ? MergePlan.newRows(
                            found, brought(accepted), counts.accepted().rows())
                    : plan(found, held, rows, accepted, compared, counts, scratch);
            if (plan.deleted() > 0) {
                rules.checkDeletes(target.name().toString(), held.count(), plan.deleted());
            }
            if (!change.isEmpty()) {
                TargetConstraints.of(target, manifest, change)
                        .check(brought(accepted).withColumn(Target.LOADED_AT, current_timestamp()));
            }
            Step.part("writing");
            Dataset<Row> bad = quarantined(rows, counts, scratch);
            quarantine(bad, counts, scratch);
            FailPoint.pass("load.quarantined");
            long labels = source.remember(target);
            evolve(target, change);
            write(found.after(labels + change.commits()), plan);
            FailPoint.pass("load.committed");
            if (change.isEmpty()) {
                reportRepaired(plan);
            }
            report(counts, plan, stopwatch);
            Step.part("proving");
            // Before the rows are read: what others write meanwhile has a higher version.
            LoadProof proof = LoadProof.now(target, quarantine, rules);
            DeltaProof.of(manifest, compared).check(context, target, counts, accepted, bad, plan.stale());
            return proof.in(result(counts, plan));
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
        change.relaxed().forEach(field -> context.report().line("evolved", "column " + field.name() + " may be NULL"));
    }

    /** The rows with the compared columns and the checksum of the whole source row. */
    private static Dataset<Row> withoutDiscarded(Dataset<Row> validated, List<ColumnDefinition> compared) {
        return validated.select(Stream.concat(
                        compared.stream().map(ColumnDefinition::name), Stream.of(RowFormat.CHECKSUM, Quality.REASONS))
                .map(name -> col(SqlText.identifier(name)))
                .toArray(Column[]::new));
    }

    /** Without quarantined rows, which is the rule, no row is validated again. */
    private static Dataset<Row> accepted(Dataset<Row> rows, ValidationCounts counts) {
        return counts.quarantined().rows() == 0 ? rows.drop(Quality.REASONS) : Quality.accepted(rows);
    }

    /** Rows as the table stores them. */
    private Dataset<Row> brought(Dataset<Row> rows) {
        return rows.withColumn(TargetTable.EXTRACT, lit(manifest.extract()));
    }

    /**
     * The table's checksums are computed from its columns, never taken from a stored column. So a value that was edited in the
     * table differs, and a column that only moved in the source does not. Those of the extract are stored in its files, which
     * are as they were proven.
     */
    private MergePlan plan(
            Target found,
            Dataset<Row> held,
            Dataset<Row> rows,
            Dataset<Row> accepted,
            List<ColumnDefinition> compared,
            ValidationCounts counts,
            ScratchSpace scratch) {
        Column checksum = manifest.rowFormat(compared).checksum(context.session());
        Column origin = col(RowFormat.CHECKSUM);
        Column isAccepted = counts.quarantined().rows() == 0
                ? lit(true)
                : size(col(Quality.REASONS)).equalTo(0);
        boolean isWhole = compared.size() == manifest.definitions().size();
        Column wanted = isWhole ? origin : checksum;
        if (!manifest.hasKey()) {
            return Replacement.of(found, RowState.of(accepted, wanted), RowState.of(held, checksum), brought(accepted));
        }
        return MergePlan.fullState(
                found,
                RowState.of(rows, wanted).origin(origin).accepted(isAccepted),
                RowState.of(held, checksum).origin(origin),
                brought(accepted),
                counts.accepted().rows(),
                scratch);
    }

    /** The quarantined rows, which are few. They are used several times, and finding them takes a pass over the extract. */
    private static Dataset<Row> quarantined(Dataset<Row> rows, ValidationCounts counts, ScratchSpace scratch) {
        return counts.quarantined().rows() == 0
                ? rows.limit(0)
                : scratch.keep(Quality.quarantined(rows), "quarantined");
    }

    /**
     * Makes the quarantine table mirror the extract: it then contains the rows that break expectations, each with all
     * its reasons.
     */
    private void quarantine(Dataset<Row> rows, ValidationCounts counts, ScratchSpace scratch) {
        long bad = counts.quarantined().rows();
        if (bad == 0 && !quarantine.exists()) {
            return;
        }
        quarantine.openQuarantine(manifest, source, REASONS);
        Target found = quarantine.target(context, manifest.key());
        if (bad == 0 && (found.isNew() || quarantine.isEmpty())) {
            return;
        }
        SchemaChange change =
                rules.policy().change(quarantine.columns().of(manifest), quarantine.schema(), manifest.schema());
        Dataset<Row> held = quarantine.rows(change);
        List<ColumnDefinition> compared = TargetTable.present(TargetTable.present(manifest.definitions(), held), rows);
        Column version = xxhash64(manifest.rowFormat(compared).checksum(context.session()), col(Quality.REASONS));
        Dataset<Row> wanted = withoutDiscarded(rows, compared);
        RowState after = RowState.of(wanted, version);
        RowState before = RowState.of(held, version);
        MergePlan plan = manifest.hasKey()
                ? MergePlan.fullState(found, after, before, brought(wanted), bad, scratch)
                : Replacement.of(found, after, before, brought(wanted));
        long labels = source.remember(quarantine);
        quarantine.columns().evolve(change);
        write(found.after(labels + change.commits()), plan);
    }

    /** Separate for each table, because an extract may be loaded into several tables at the same time. */
    private String scratchOfTarget() {
        return landing.scratch(manifest.extract()) + "/"
                + PathSegment.of(target.name().toString());
    }

    private void write(Target found, MergePlan plan) {
        try {
            DeltaSink.of(found)
                    .extract(manifest.extract())
                    .sourceVersion(TargetTable.sourceVersion(manifest.extract()))
                    .commit(plan);
        } catch (RejectedRowsException e) {
            String fix = TargetConstraints.of(target, manifest, NO_CHANGE).fix();
            throw new ExtractRejectedException(new UserError(e.problem(), e.cause(), fix, e));
        }
    }

    /** If the columns changed as well, edited and changed rows cannot be distinguished. */
    private void reportRepaired(MergePlan plan) {
        if (plan.repaired() + plan.reduced() > 0) {
            context.report()
                    .warn(target.name() + " was not as a load leaves it: " + Report.rows(plan.repaired())
                            + " edited and " + Report.count(plan.reduced(), "key")
                            + " stored more than once. They are now as in the extract again.");
        }
    }

    private void report(ValidationCounts counts, MergePlan plan, TaskContext.Stopwatch stopwatch) {
        context.report()
                .line(
                        "changed",
                        LoadResult.changes(plan) + " ("
                                + stopwatch.rate(counts.all().rows()) + ")");
        if (counts.quarantined().rows() > 0) {
            context.report()
                    .line(
                            "quarantined",
                            Report.rows(counts.quarantined().rows()) + " in " + quarantine.name() + ", of which "
                                    + plan.stale() + " stay stale in " + target.name());
        }
    }

    private Result result(ValidationCounts counts, MergePlan plan) {
        return LoadResult.counted(Result.none().table(target.name()), plan)
                .extract(manifest.extract())
                .checksum(counts.accepted().checksum())
                .count(Measure.ROWS_READ, counts.all().rows())
                .count(Measure.ROWS_QUARANTINED, counts.quarantined().rows())
                .count(Measure.ROWS_STALE, plan.stale());
    }
}
