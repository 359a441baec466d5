package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractOptions;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.extract.TechnicalColumns;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.load.Columns;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceOptions;
import dev.lakehouse.source.mysql.SourceSettings;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares the current state of a MySQL table, its newest extract and its Delta table: counts, checksums, and the keys
 * whose rows differ between source and Delta table. Checksums of the Delta table are computed from its columns, unless its
 * history shows no change since its last load proved it. The source is read, unless the newest extract was proven equal to
 * it recently enough for {@code --reuse-proof-minutes} and is equal to the Delta table. This task changes nothing.
 *
 * <p>While the source is written to, it differs from its newest extract; this task shows by how much.
 */
public final class ReconcileTable extends Task {
    static final String SOURCE = "_source";
    static final String DELTA = "_delta";
    static final String IN_QUARANTINE = "_bad";
    static final String DIFFERENCE = "_difference";
    static final String COUNT = "_count";

    private static final int KEYS_SHOWN = 20;
    private static final String QUARANTINED = "in quarantine";
    private static final String ONLY_IN_SOURCE = "only in the source";
    private static final String ONLY_IN_DELTA = "only in Delta";

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final ExtractOptions extracts = new ExtractOptions();

    @Option(names = "--target", required = true, paramLabel = "SCHEMA.TABLE", description = "The Delta table")
    private String target;

    @Option(
            names = "--reuse-proof-minutes",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Do not read the source if the newest extract was proven equal to it less than this many minutes"
                            + " ago and the Delta table is equal to that extract (default: ${DEFAULT-VALUE}, always read it)")
    private int reuseMinutes;

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
                    "No load has created it at " + context.tables().location(name) + ".",
                    "Run the extract and the load first.");
        }
        Landing landing = extracts.landing(source.server());
        TargetTable.Loaded loaded = delta.loaded(context);
        TargetSource.of(landing).check(delta, () -> landing.foreignOrigin(loaded.number()));
        context.tables().checkUnmasked(name);
        Optional<Manifest> extract = newestExtract(landing);
        long rows = extract.map(Manifest::rows).orElse(Long.MAX_VALUE);
        return context.adaptedTo(rows, () -> compare(context, delta, landing, loaded, extract));
    }

    private Result compare(
            TaskContext context,
            TargetTable delta,
            Landing landing,
            TargetTable.Loaded loaded,
            Optional<Manifest> extract) {
        TableName name = delta.name();
        SourceTable table;
        SourceIdentity identity;
        try (Connection connection = source.server().connect()) {
            table = SourceTable.describe(source.server(), connection, extracts.table(), settings(extract));
            identity = SourceIdentity.of(source.server(), connection);
        } catch (SQLException e) {
            throw MySqlErrors.explain(source.server(), e);
        }
        SourceSide.Reading reading = new SourceSide.Reading(
                context.session(), source.server(), table, source.maskKey(table.settings()), landing, extract);
        reading.checkKey();
        List<ColumnDefinition> all = table.fileColumns();
        List<ColumnDefinition> columns = TargetTable.present(all, delta.rows());
        checkKey(table, columns, name);
        RowFormat format = RowFormat.of(table.name(), columns);
        // Their sums are over the same columns as the sums that are computed here.
        Optional<Manifest> alike = extract.filter(manifest -> columns.size() == all.size() && manifest.isLike(table));
        Optional<RangeSum> proven =
                alike.filter(manifest -> isProven(delta, loaded, manifest)).map(Manifest::total);
        RangeSum inDelta = proven.orElseGet(() -> deltaSum(context, delta, format, extract));
        Optional<Manifest> young = alike.filter(manifest -> manifest.total().equals(inDelta)
                && !identity.differsFrom(manifest.origin())
                && isYoung(context, landing, manifest));
        SourceSide side = young.map(manifest -> SourceSide.proven(manifest.total(), format))
                .orElseGet(() -> reading.side(columns));
        RangeSum inSource = side.sum();
        if (side.isWhole()) {
            report(
                    context,
                    "source",
                    inSource,
                    (table.settings().where().isEmpty()
                                    ? ""
                                    : ", only those" + table.settings().printedWhere())
                            + young.map(manifest -> ", as proven at "
                                            + landing.provenAt(manifest).truncatedTo(ChronoUnit.SECONDS))
                                    .orElse(""));
        } else {
            context.report()
                    .line("source", Report.rows(inSource.rows()) + ", which are not those of the newest extract");
        }
        extract.ifPresentOrElse(
                manifest -> report(context, "extract " + manifest.extract(), manifest.total()),
                () -> context.report().line("extract", "none"));
        report(context, "Delta", inDelta, proven.isPresent() ? ", proven by its last load and not changed since" : "");
        if (columns.size() < all.size()) {
            context.report()
                    .line(
                            "left out",
                            "columns that the Delta table does not have: "
                                    + all.stream()
                                            .filter(column -> !columns.contains(column))
                                            .map(ColumnDefinition::name)
                                            .collect(Collectors.joining(", ")));
        }
        List<String> onlyInDelta = Arrays.stream(delta.rows().columns())
                .filter(column -> !TechnicalColumns.isInTables(column))
                .filter(column ->
                        columns.stream().noneMatch(other -> other.name().equalsIgnoreCase(column)))
                .toList();
        if (!onlyInDelta.isEmpty()) {
            context.report()
                    .line("left out", "columns that the source does not have: " + String.join(", ", onlyInDelta));
        }
        if (side.isWhole() && inSource.equals(inDelta)) {
            boolean extractToo = columns.size() == all.size()
                    && extract.map(Manifest::total).filter(inSource::equals).isPresent();
            // Of a row that was accepted before, the table keeps the former values, which may have the same checksum.
            String quarantined = quarantined(delta)
                    .map(Dataset::count)
                    .map(count -> "; " + Report.rows(count) + " of the source in quarantine")
                    .orElse("");
            context.report().line("equal", (extractToo ? "source = extract = Delta" : "source = Delta") + quarantined);
        } else {
            Step.part("comparing keys");
            Dataset<Row> rows = side.rows().get();
            boolean differs = table.hasKey()
                    ? reportDifferences(context, delta, table, side.format(), rows)
                    : reportDifferingRows(context, delta, side.format(), rows);
            if (!side.isWhole()) {
                context.report()
                        .line("differ", "masked columns perhaps too; the next extract and load make them equal");
            }
            if (differs || !side.isWhole()) {
                context.endsAs(Outcome.DIFFERS);
            }
        }
        return Result.none()
                .table(name)
                .checksum(inDelta.checksum())
                .count(Measure.ROWS_READ, inSource.rows() + inDelta.rows());
    }

    /** Rows cannot be matched by a column that one side does not have. */
    private static void checkKey(SourceTable table, List<ColumnDefinition> columns, TableName target) {
        String missing = table.fileColumns().stream()
                .filter(column -> !columns.contains(column))
                .filter(column ->
                        table.key().stream().anyMatch(part -> part.name().equals(column.name())))
                .map(column -> SqlText.identifier(column.name()))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new UserError(
                    target + " cannot be compared with '" + table.name() + "' by the key.",
                    "It does not have " + missing + ", by which the source distinguishes its rows.",
                    "Make an extract of the source and load it; if the load is refused, it says why.");
        }
    }

    /** As the newest extract was made, of the same rows, with the key of the options if they name one. */
    private SourceSettings settings(Optional<Manifest> extract) {
        SourceSettings given = source.settings();
        return extract.map(manifest -> new SourceSettings(
                        given.only(),
                        given.without(),
                        given.key().isEmpty() ? manifest.namedKey() : given.key(),
                        manifest.invalidDates(),
                        manifest.where(),
                        manifest.masks()))
                .orElse(given);
    }

    /** Whether the source was equal to the extract so recently that it is not read once more. */
    private boolean isYoung(TaskContext context, Landing landing, Manifest manifest) {
        if (reuseMinutes <= 0) {
            return false;
        }
        Instant now = context.clock().instant();
        Instant proven = landing.provenAt(manifest);
        return proven.isAfter(now.minus(Duration.ofMinutes(reuseMinutes))) && !proven.isAfter(now);
    }

    private static Optional<Manifest> newestExtract(Landing landing) {
        OptionalLong newest = landing.newest();
        return newest.isPresent() ? Optional.of(landing.manifest(newest.getAsLong())) : Optional.empty();
    }

    /** Whether the table is known to have all rows of an extract and no others: none is in quarantine, so none is stale. */
    private static boolean isProven(TargetTable delta, TargetTable.Loaded loaded, Manifest manifest) {
        TargetTable quarantine = delta.quarantine();
        return loaded.number() == manifest.extract()
                && loaded.proof().flatMap(proof -> proof.stillValid(delta)).isPresent()
                && (!quarantine.exists() || quarantine.isEmpty());
    }

    private static RangeSum deltaSum(
            TaskContext context, TargetTable delta, RowFormat format, Optional<Manifest> extract) {
        Step.part("summing in Delta", extract.map(Manifest::rows).orElse(0L));
        return RangeSum.of(delta.rows(), format.checksum(context.session()));
    }

    private static void report(TaskContext context, String what, RangeSum sum) {
        report(context, what, sum, "");
    }

    private static void report(TaskContext context, String what, RangeSum sum, String remark) {
        context.report().line(what, Report.rows(sum.rows()) + ", checksum " + sum.checksum() + remark);
    }

    /**
     * Shows keys that exist on one side only, that the Delta table has more than once, or whose rows differ, and counts
     * all of them. Keys in quarantine are marked as such.
     *
     * @return whether keys differ that are not in quarantine
     */
    private boolean reportDifferences(
            TaskContext context, TargetTable delta, SourceTable table, RowFormat format, Dataset<Row> sourceRows) {
        String[] names = table.key().stream().map(ColumnDefinition::name).toArray(String[]::new);
        Column[] key = Columns.named(List.of(names));
        Dataset<Row> inSource =
                sourceRows.select(Columns.and(key, col(RowFormat.CHECKSUM).as(SOURCE)));
        Dataset<Row> inDelta = delta.rows()
                .withColumn(DELTA, format.checksum(context.session()))
                .groupBy(key)
                .agg(first(DELTA).as(DELTA), count(lit(1)).as(COUNT));
        Dataset<Row> differing = inSource.join(inDelta, names, "full_outer")
                .where(not(col(SOURCE).eqNullSafe(col(DELTA))).or(col(COUNT).gt(1)));
        Column quarantined = lit(false);
        Optional<Dataset<Row>> quarantine = quarantined(delta);
        if (quarantine.isPresent()) {
            // Computed, because a stored checksum may have an earlier form.
            Dataset<Row> bad = quarantine.get().withColumn(IN_QUARANTINE, format.checksum(context.session()));
            bad = bad.select(Columns.and(key, col(IN_QUARANTINE)));
            differing = differing.join(bad, names, "left_outer");
            quarantined = coalesce(col(IN_QUARANTINE).equalTo(col(SOURCE)), lit(false));
        }
        Column difference = when(col(COUNT).gt(1), "more than once in Delta")
                .when(quarantined, QUARANTINED)
                .when(col(DELTA).isNull(), ONLY_IN_SOURCE)
                .when(col(SOURCE).isNull(), ONLY_IN_DELTA)
                .otherwise("different rows");
        WindowSpec ofItsKind = Window.partitionBy(DIFFERENCE);
        List<Row> shown = differing
                .select(Columns.and(key, difference.as(DIFFERENCE)))
                .select(Columns.and(
                        key,
                        col(DIFFERENCE),
                        row_number().over(ofItsKind.orderBy(key)).as(COUNT),
                        count(lit(1)).over(ofItsKind).as(DELTA)))
                .where(col(COUNT).leq(KEYS_SHOWN))
                .orderBy(DIFFERENCE, COUNT)
                .collectAsList();
        Map<String, Long> counts = new TreeMap<>();
        shown.forEach(row -> {
            context.report().show("differs", text(row));
            counts.put(row.getAs(DIFFERENCE), row.getAs(DELTA));
        });
        counts.forEach((kind, keys) -> context.report()
                .line(
                        "differ",
                        Report.count(keys, "key") + " " + kind
                                + (keys > KEYS_SHOWN ? "; the first " + KEYS_SHOWN + " are shown" : "")));
        return counts.keySet().stream().anyMatch(kind -> !kind.equals(QUARANTINED));
    }

    /**
     * Counts the rows that source and Delta table do not have equally often, of a table without a key.
     *
     * @return whether rows differ that are not in quarantine
     */
    private static boolean reportDifferingRows(
            TaskContext context, TargetTable delta, RowFormat format, Dataset<Row> sourceRows) {
        Column checksum = format.checksum(context.session()).as(RowFormat.CHECKSUM);
        Dataset<Row> rows = sourceRows
                .select(col(RowFormat.CHECKSUM), lit(1L).as(DIFFERENCE), lit(0L).as(IN_QUARANTINE))
                .unionByName(delta.rows().select(checksum, lit(-1L).as(DIFFERENCE), lit(0L).as(IN_QUARANTINE)));
        Optional<Dataset<Row>> quarantine = quarantined(delta);
        if (quarantine.isPresent()) {
            rows = rows.unionByName(
                    quarantine.get().select(checksum, lit(0L).as(DIFFERENCE), lit(1L).as(IN_QUARANTINE)));
        }
        Column missing = greatest(col(DIFFERENCE), lit(0L));
        Column explained = least(missing, col(IN_QUARANTINE));
        Row counts = rows.groupBy(RowFormat.CHECKSUM)
                .agg(sum(DIFFERENCE).as(DIFFERENCE), sum(IN_QUARANTINE).as(IN_QUARANTINE))
                .agg(
                        total(missing.minus(explained)),
                        total(greatest(col(DIFFERENCE).multiply(-1), lit(0L))),
                        total(explained))
                .head();
        List<String> kinds = List.of(ONLY_IN_SOURCE, ONLY_IN_DELTA, QUARANTINED);
        for (int i = 0; i < kinds.size(); i++) {
            if (counts.getLong(i) > 0) {
                context.report().line("differ", Report.rows(counts.getLong(i)) + " " + kinds.get(i));
            }
        }
        return counts.getLong(0) + counts.getLong(1) > 0;
    }

    private static Column total(Column counts) {
        return coalesce(sum(counts), lit(0L));
    }

    /** The rows in quarantine, if there are any; a quarantine gets new columns with the next row only. */
    private static Optional<Dataset<Row>> quarantined(TargetTable delta) {
        TargetTable quarantine = delta.quarantine();
        return quarantine.exists() && quarantine.isQuarantine() && !quarantine.isEmpty()
                ? Optional.of(quarantine.rows())
                : Optional.empty();
    }

    /** A key and its difference. The last two columns are only used for counts. */
    private static String text(Row row) {
        int difference = row.fieldIndex(DIFFERENCE);
        String key = IntStream.range(0, difference)
                .mapToObj(i -> row.get(i) instanceof byte[] bytes
                        ? "X'" + HexFormat.of().formatHex(bytes) + "'"
                        : String.valueOf(row.get(i)))
                .collect(Collectors.joining(", "));
        return key + ": " + row.getString(difference);
    }
}
