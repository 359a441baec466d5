package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.UserError;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares a MySQL table, its newest extract and its Delta table as they are now: counts, checksums, and the keys by
 * which source and Delta differ. It changes nothing. A source that is written to differs from its extract soon after;
 * what this says is by how much.
 */
public final class ReconcileTable extends Task {
    private static final int KEYS_SHOWN = 20;
    private static final String SOURCE = "_source";
    private static final String DELTA = "_delta";

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Option(names = "--target", required = true, paramLabel = "SCHEMA.TABLE", description = "The Delta table")
    private String target;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new ReconcileTable().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        TableName name = TableName.parse(target);
        TargetTable delta = new TargetTable(context.session(), context.tables(), name);
        if (!delta.exists()) {
            throw new UserError(
                    "There is no table " + name + " to compare.",
                    "Nothing has been loaded into it at " + context.tables().location(name) + ".",
                    "Extract and load first.");
        }
        context.tables().checkUnmasked(name);
        SourceTable table;
        KeyRanges ranges;
        try (Connection connection = source.server().connect()) {
            table = SourceTable.describe(source.server(), connection, source.table());
            ranges = KeyRanges.cut(connection, table, ExtractTable.RANGE_ROWS);
        } catch (SQLException e) {
            throw MySqlErrors.explain(source.server(), e);
        }
        RowFormat format = RowFormat.of(table.name(), table.columns());
        RangeSum inSource = sourceSum(table, format, ranges);
        tell(context, "source", inSource);
        Optional<Manifest> extract = newestExtract();
        extract.ifPresentOrElse(
                manifest -> tell(context, "extract " + manifest.extract(), manifest.total()),
                () -> context.report().line("extract", "none"));
        RangeSum inDelta = RangeSum.of(delta.rows(), DeltaProof.checksum(table.columns(), delta.schema()));
        tell(context, "Delta", inDelta);
        if (inSource.equals(inDelta)) {
            boolean extractToo =
                    extract.map(Manifest::total).filter(inSource::equals).isPresent();
            context.report()
                    .line("equal", extractToo ? "source = extract = Delta" : "source = Delta; the extract is older");
        } else {
            Dataset<Row> rows = new SourceReader(context.session(), source.server()).rows(table, format, ranges);
            tellDifferences(context, name, table, rows, delta.rows());
        }
        return Result.none()
                .table(name)
                .checksum(inDelta.checksum())
                .count(Measure.ROWS_READ, inSource.rows() + inDelta.rows());
    }

    private RangeSum sourceSum(SourceTable table, RowFormat format, KeyRanges ranges) {
        try (Snapshot snapshot = Snapshot.open(source.server(), table, format)) {
            return RangeSum.total(snapshot.sums(ranges));
        }
    }

    private Optional<Manifest> newestExtract() {
        Landing landing = source.landing();
        OptionalLong newest = landing.newest();
        return newest.isPresent() ? Optional.of(landing.manifest(newest.getAsLong())) : Optional.empty();
    }

    private static void tell(TaskContext context, String what, RangeSum sum) {
        context.report().line(what, Report.rows(sum.rows()) + ", checksum " + sum.checksum());
    }

    /** The keys that only one side has, or whose rows differ; those in quarantine are called so. */
    private void tellDifferences(
            TaskContext context, TableName name, SourceTable table, Dataset<Row> sourceRows, Dataset<Row> deltaRows) {
        String[] key = table.key().stream().map(ColumnDefinition::name).toArray(String[]::new);
        Dataset<Row> differing = keyed(sourceRows, key, RowFormat.CHECKSUM, SOURCE)
                .join(keyed(deltaRows, key, RowFormat.CHECKSUM, DELTA), key, "full_outer")
                .where(not(col(SOURCE).eqNullSafe(col(DELTA))));
        TargetTable quarantine = new TargetTable(context.session(), context.tables(), name.with("_quarantine"));
        Column quarantined = lit(false);
        if (quarantine.exists()) {
            differing = differing.join(keyed(quarantine.rows(), key, RowFormat.CHECKSUM, "_bad"), key, "left_outer");
            quarantined = coalesce(col("_bad").equalTo(col(SOURCE)), lit(false));
        }
        Column difference = when(quarantined, "in quarantine")
                .when(col(DELTA).isNull(), "only in the source")
                .when(col(SOURCE).isNull(), "only in Delta")
                .otherwise("different rows");
        Column[] shown = Arrays.copyOf(columns(key), key.length + 1);
        shown[key.length] = difference.as("_difference");
        List<Row> rows = differing.select(shown).limit(KEYS_SHOWN + 1).collectAsList();
        rows.stream().limit(KEYS_SHOWN).forEach(row -> context.report().show("differs", text(row)));
        if (rows.size() > KEYS_SHOWN) {
            context.report().line("differs", "and more: these are the first " + KEYS_SHOWN);
        }
    }

    private static String text(Row row) {
        String key = IntStream.range(0, row.size() - 1)
                .mapToObj(i -> String.valueOf(row.get(i)))
                .collect(Collectors.joining(", "));
        return key + ": " + row.getString(row.size() - 1);
    }

    private static Dataset<Row> keyed(Dataset<Row> rows, String[] key, String checksum, String as) {
        Column[] columns = Arrays.copyOf(columns(key), key.length + 1);
        columns[key.length] = col(checksum).as(as);
        return rows.select(columns);
    }

    private static Column[] columns(String[] names) {
        return Arrays.stream(names).map(name -> col(Sql.quoted(name))).toArray(Column[]::new);
    }
}
