package dev.lakehouse.load;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.task.ScratchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The changes to make to a table: an operation for each key that differs. A plan is computed once, stored in scratch if
 * it compares with the table, counted, and written by {@link DeltaSink}. There are four ways to make a plan:
 * {@link #fullState}, {@link #newest}, {@link #newRows}, and {@link Replacement} for a table without a key.
 */
public final class MergePlan {
    static final String INSERT = "insert";
    static final String UPDATE = "update";
    static final String DELETE = "delete";

    /** The table's row is kept because the new row of its key is not accepted. */
    private static final String STALE = "stale";

    /** Updates a row that was edited in the table. Its origin is the same as that of the new row. */
    private static final String REPAIR = "repair";

    /** Replaces all rows of a key by one, because the table has the key more than once. */
    private static final String REDUCE = "reduce";

    /** The operation: {@code STRING}. */
    static final String OPERATION = "_operation";

    /** Whether a row is matched with the table by its key: {@code BOOLEAN}. */
    static final String MATCHES = "_matches";

    private static final String HELD = "_held";
    private static final String HELD_ORIGIN = "_held_origin";
    private static final String WANTED = "_wanted";
    private static final String WANTED_ORIGIN = "_wanted_origin";
    private static final String ACCEPTED = "_wanted_accepted";
    private static final String COUNT = "_count";

    /** A table with fewer accepted rows is read so quickly that keeping its changed rows does not pay. */
    private static final long LARGE = 100_000;

    /** Changed rows are kept if they are at most one in this many accepted rows. */
    private static final int ONE_IN = 4;

    private static final List<String> KINDS = List.of(INSERT, UPDATE, DELETE, STALE, REPAIR, REDUCE);

    /** Of keys that are stale or deleted the table's rows are counted, of others the keys. */
    private static final List<Column> COUNTS = KINDS.stream()
            .map(kind -> sum(when(
                            col(OPERATION).equalTo(kind), List.of(STALE, DELETE).contains(kind) ? col(COUNT) : lit(1L)))
                    .as(kind))
            .toList();

    private final Target target;
    private final Map<String, Long> counts;
    private final Supplier<Dataset<Row>> inserts;
    private final Supplier<Dataset<Row>> changes;
    private final boolean isReplacement;

    MergePlan(
            Target target,
            Map<String, Long> counts,
            Supplier<Dataset<Row>> inserts,
            Supplier<Dataset<Row>> changes,
            boolean isReplacement) {
        this.target = target;
        this.counts = counts;
        this.inserts = inserts;
        this.changes = changes;
        this.isReplacement = isReplacement;
    }

    /** The names of the columns that plans add temporarily. No table may have a column of such a name. */
    public static Set<String> technicalColumns() {
        return Set.of(OPERATION, MATCHES, HELD, HELD_ORIGIN, WANTED, WANTED_ORIGIN, ACCEPTED, COUNT);
    }

    /** An empty plan. */
    public static MergePlan nothing(Target target) {
        return new MergePlan(target, Map.of(), target::rows, target::rows, false);
    }

    /**
     * Inserts rows.
     *
     * @param rows with columns of the target, which has none of their keys; other columns are left out
     */
    public static MergePlan newRows(Target target, Dataset<Row> rows) {
        return newRows(target, rows, rows.count());
    }

    /**
     * Inserts rows that are kept in scratch first, for rows that are computed from the target.
     *
     * @param rows with columns of the target, which has none of their keys; other columns are left out
     */
    static MergePlan newRows(Target target, Dataset<Row> rows, ScratchSpace scratch) {
        ScratchSpace.Kept kept =
                scratch.keep(rows, scratchName(target), List.of(count(lit(1)).as(COUNT)));
        return newRows(target, kept.rows(), kept.number(COUNT));
    }

    /**
     * Inserts rows whose count is known.
     *
     * @param rows with columns of the target, which has none of their keys; other columns are left out
     */
    public static MergePlan newRows(Target target, Dataset<Row> rows, long count) {
        Supplier<Dataset<Row>> inserts = () -> withColumnsOf(target, rows);
        return new MergePlan(target, Map.of(INSERT, count), inserts, inserts, false);
    }

    /** Called when the rows are written: their columns may have been added to the target after the plan was made. */
    static Dataset<Row> withColumnsOf(Target target, Dataset<Row> rows) {
        Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        columns.addAll(target.columns());
        return rows.select(Columns.named(
                Arrays.stream(rows.columns()).filter(columns::contains).toList()));
    }

    /**
     * Replaces stored rows by wanted rows. Rows that differ are updated; stored rows without a wanted row are deleted.
     * All columns are compared.
     *
     * @param wanted rows with the columns of the target, each key once; they are computed once
     * @param held the rows of the target that they replace
     */
    public static MergePlan fullState(Target target, Dataset<Row> wanted, Dataset<Row> held, ScratchSpace scratch) {
        if (target.isNew()) {
            return newRows(target, wanted);
        }
        Column whole = struct(Columns.named(target.columns()));
        Dataset<Row> compared =
                compared(target, RowState.of(held, whole), RowState.of(wanted, whole), coalesced(target));
        return planned(target, compared, scratch);
    }

    /** The wanted row, or only the key for a deletion. */
    private static Column[] coalesced(Target target) {
        return target.columns().stream()
                .map(name -> {
                    Column wanted = col(WANTED).getField(name);
                    return (target.table().key().contains(name) ? coalesce(wanted, Columns.named(name)) : wanted)
                            .as(name);
                })
                .toArray(Column[]::new);
    }

    /**
     * Replaces stored rows by wanted rows, compared by a state that is computed from each row. Only keys and states are
     * compared; the rows of changed keys are read when the plan is written.
     *
     * @param accepted the rows of {@code wanted} that may enter the table, with the columns of the target
     * @param count how many these are
     */
    public static MergePlan fullState(
            Target target, RowState wanted, RowState held, Dataset<Row> accepted, long count, ScratchSpace scratch) {
        Column[] key = Columns.named(target.table().key());
        return planned(
                target,
                compared(target, held, wanted, key),
                scratch,
                inserts -> accepted.join(inserts, target.table().keyColumns()),
                (changes, changed) -> {
                    Dataset<Row> rows = withRows(target, changes, accepted);
                    // A MERGE reads its rows several times, and joins them faster if Spark knows that they are few.
                    return count < LARGE || changed > count / ONE_IN
                            ? rows
                            : scratch.keep(rows, scratchName(target) + "_rows");
                });
    }

    /** Most tables change a little: an inner join allows Spark to send the few changed keys to the many rows. */
    private static Dataset<Row> withRows(Target target, Dataset<Row> changes, Dataset<Row> accepted) {
        Column isDelete = isDelete(col(OPERATION));
        return accepted.join(changes.where(not(isDelete)), target.table().keyColumns())
                .unionByName(changes.where(isDelete), true);
    }

    /**
     * The keys that differ. Both sides are brought together by one shuffle. States that are numbers are then aggregated without
     * sorting.
     */
    private static Dataset<Row> compared(Target target, RowState held, RowState wanted, Column[] columns) {
        Column[] key = Columns.named(target.table().key());
        Dataset<Row> before = held.rows()
                .select(Columns.and(key, held.value().as(HELD), held.origin().as(HELD_ORIGIN), lit(1).as(COUNT)));
        Dataset<Row> after = wanted.rows()
                .select(Columns.and(
                        key,
                        wanted.value().as(WANTED),
                        wanted.origin().as(WANTED_ORIGIN),
                        wanted.accepted().as(ACCEPTED)));
        Column isHeld = col(COUNT).gt(0);
        Column isAccepted = col(ACCEPTED);
        Column differs = not(col(HELD).eqNullSafe(col(WANTED)));
        Column operation = when(isAccepted.isNull(), DELETE)
                .when(isHeld.and(not(isAccepted)), STALE)
                .when(not(isHeld).and(isAccepted), INSERT)
                .when(isAccepted.and(col(COUNT).gt(1)), REDUCE)
                .when(isAccepted.and(differs).and(col(HELD_ORIGIN).equalTo(col(WANTED_ORIGIN))), REPAIR)
                .when(isAccepted.and(differs), UPDATE);
        return before.unionByName(after, true)
                .repartition(key)
                .groupBy(key)
                .agg(count(COUNT).as(COUNT), firsts(HELD, HELD_ORIGIN, WANTED, WANTED_ORIGIN, ACCEPTED))
                .withColumn(OPERATION, operation)
                .where(col(OPERATION).isNotNull())
                .select(Columns.and(columns, col(OPERATION), col(COUNT)));
    }

    /** The values of the only row of a key that has them. Where the table has a key more than once, the held values are not used. */
    private static Column[] firsts(String... columns) {
        return Arrays.stream(columns).map(name -> first(name, true).as(name)).toArray(Column[]::new);
    }

    /**
     * Inserts delivered rows whose keys are not in the target, and updates rows of which the target has an older
     * version. If a key is delivered several times, only its newest row is used. Only key and version of the target are
     * read.
     *
     * @param delivered rows with the columns of the target
     * @param version columns of both sides, never NULL, in the order of comparison
     */
    public static MergePlan newest(Target target, Dataset<Row> delivered, List<String> version, ScratchSpace scratch) {
        Column at = struct(Columns.named(version));
        Column[] key = Columns.named(target.table().key());
        Dataset<Row> newest = Deduplication.of(target.table().key())
                .firsts(delivered.select(Columns.named(target.columns())), at.desc());
        // A table is larger than a delivery: it is not sorted where the delivered keys are few.
        Dataset<Row> stored = target.rowsWithKeysOf(delivered).select(Columns.and(key, at.as(HELD)));
        Column operation = when(col(HELD).isNull(), INSERT).when(at.gt(col(HELD)), UPDATE);
        Dataset<Row> compared = newest.join(stored, target.table().keyColumns(), "left")
                .withColumn(OPERATION, operation)
                .where(col(OPERATION).isNotNull())
                .select(Columns.and(Columns.named(target.columns()), col(OPERATION), lit(1L).as(COUNT)));
        return planned(target, compared, scratch);
    }

    private static String scratchName(Target target) {
        return target.table().name().table() + "_plan";
    }

    private static MergePlan planned(Target target, Dataset<Row> compared, ScratchSpace scratch) {
        return planned(target, compared, scratch, inserts -> inserts, (changes, changed) -> changes);
    }

    /** Changes of all kinds with their rows. */
    private interface WithRows {
        /** @param number how many these are */
        Dataset<Row> of(Dataset<Row> changes, long number);
    }

    /**
     * A plan of operations, which are kept and counted.
     *
     * @param inserted adds the rows to insertions
     * @param changed adds the rows to changes of all kinds
     */
    private static MergePlan planned(
            Target target,
            Dataset<Row> compared,
            ScratchSpace scratch,
            UnaryOperator<Dataset<Row>> inserted,
            WithRows changed) {
        ScratchSpace.Kept operations = scratch.keep(compared, scratchName(target), COUNTS);
        Dataset<Row> kept = operations.rows();
        Map<String, Long> counts = KINDS.stream().collect(Collectors.toMap(kind -> kind, operations::number));
        long number = counts.values().stream().mapToLong(Long::longValue).sum() - counts.get(STALE);
        return new MergePlan(
                target,
                counts,
                () -> inserted.apply(kept.where(col(OPERATION).equalTo(INSERT)).drop(OPERATION, COUNT)),
                () -> matched(
                        changed.of(kept.where(col(OPERATION).notEqual(STALE)).drop(COUNT), number),
                        counts.get(REDUCE) > 0),
                false);
    }

    /**
     * A key that the table has more than once appears twice: matched, to delete its rows, and unmatched, to insert the
     * new row.
     */
    private static Dataset<Row> matched(Dataset<Row> changes, boolean reduces) {
        Column isReduced = col(OPERATION).equalTo(REDUCE);
        Dataset<Row> once = changes.withColumn(
                        OPERATION, when(isReduced, DELETE).otherwise(col(OPERATION)))
                .withColumn(MATCHES, lit(true));
        return reduces
                ? once.unionByName(changes.where(isReduced)
                        .withColumn(OPERATION, lit(INSERT))
                        .withColumn(MATCHES, lit(false)))
                : once;
    }

    public Target target() {
        return target;
    }

    /** Keys that are not in the table yet. */
    public long inserted() {
        return keys(INSERT);
    }

    /** Keys whose row is replaced, including {@link #repaired()} and {@link #reduced()}. */
    public long updated() {
        return keys(UPDATE) + repaired() + reduced();
    }

    /** Rows of the table whose keys are not wanted; of a table without a key, how many fewer there are. */
    public long deleted() {
        return keys(DELETE);
    }

    /** Rows of the table that are kept because the new rows of their keys are not accepted. */
    public long stale() {
        return keys(STALE);
    }

    /** Keys whose row was edited in the table. Its origin did not change. */
    public long repaired() {
        return keys(REPAIR);
    }

    /** Keys that the table has more than once. */
    public long reduced() {
        return keys(REDUCE);
    }

    public boolean isEmpty() {
        return inserted() + updated() + deleted() == 0;
    }

    boolean onlyInserts() {
        return updated() + deleted() == 0;
    }

    /** Whether the rows to insert replace all rows of the table. */
    boolean isReplacement() {
        return isReplacement;
    }

    /** The rows to insert, with the columns of the target. */
    Dataset<Row> inserts() {
        return inserts.get();
    }

    /**
     * All changes: {@link #OPERATION}, {@link #MATCHES}, and the columns of the target. A {@link #DELETE} needs only
     * the key.
     */
    Dataset<Row> changes() {
        return changes.get();
    }

    static Column isDelete(Column operation) {
        return operation.equalTo(DELETE);
    }

    private long keys(String operation) {
        return counts.getOrDefault(operation, 0L);
    }
}
