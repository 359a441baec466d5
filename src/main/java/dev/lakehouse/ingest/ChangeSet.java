package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.storage.FileStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What has to happen to a table to bring it to the state of an extract: the keys that differ, each with its operation.
 * Found by an outer join on the key and a checksum of the row; kept in a scratch file, so that it is computed once.
 */
final class ChangeSet implements AutoCloseable {
    /**
     * The operation: {@code insert}, {@code update}, {@code delete}, {@code stale} (kept, as its row is in quarantine),
     * {@code heal} (an update of a row that somebody edited in the table), or {@code single} (the table has the key more than
     * once: all its rows are replaced by one).
     */
    static final String OPERATION = "_operation";

    static final String INSERT = "insert";
    static final String UPDATE = "update";
    static final String DELETE = "delete";
    static final String STALE = "stale";
    static final String HEAL = "heal";
    static final String SINGLE = "single";

    /** Marks incoming rows that may enter the table: {@code BOOLEAN}; the others keep theirs from being deleted. */
    static final String GOOD = "_good";

    /** Of a row of the table, a checksum over its columns as they are now: {@code BIGINT}. */
    static final String HELD = "_held";

    /** Of an incoming row, the checksum over the same columns: {@code BIGINT}. */
    static final String WANTED = "_wanted";

    /** The checksum of the source's row that is stored beside a row of the table: {@code BIGINT}. */
    static final String STORED = "_stored";

    /** How many rows of the table have the key. */
    static final String COUNT = "_count";

    /** Whether a row of {@link #rows} is matched with the table by its key: {@code BOOLEAN}. */
    static final String MATCHES = "_matches";

    private final Optional<String> scratch;
    private final List<String> key;
    private final Map<String, Long> counts;

    private ChangeSet(Optional<String> scratch, List<String> key, Map<String, Long> counts) {
        this.scratch = scratch;
        this.key = key;
        this.counts = counts;
    }

    /** Of a table without rows nothing needs to be compared: every good row is inserted. */
    static ChangeSet intoEmptyTable(long rows) {
        return new ChangeSet(Optional.empty(), List.of(), Map.of(INSERT, rows));
    }

    /**
     * Compares a table with incoming rows.
     *
     * @param current the table: the key's columns, {@link #HELD} and {@link RowFormat#CHECKSUM}
     * @param incoming the wanted state: the key's columns, {@link #WANTED}, {@link RowFormat#CHECKSUM} and {@link #GOOD}
     * @param scratch a location for the result, removed by {@link #close()}
     */
    static ChangeSet between(Dataset<Row> current, Dataset<Row> incoming, List<String> key, String scratch) {
        Column[] keyColumns = key.stream().map(name -> col(Sql.quoted(name))).toArray(Column[]::new);
        Dataset<Row> held = current.groupBy(keyColumns)
                .agg(
                        first(HELD).as(HELD),
                        first(RowFormat.CHECKSUM).as(STORED),
                        count(lit(1)).as(COUNT));
        Dataset<Row> wanted = incoming.select(with(keyColumns, col(WANTED), col(RowFormat.CHECKSUM), col(GOOD)));
        Column isThere = col(COUNT).isNotNull();
        Column differs = not(col(HELD).eqNullSafe(col(WANTED)));
        Column operation = when(not(isThere).and(col(GOOD)), INSERT)
                .when(col(GOOD).isNull(), DELETE)
                .when(isThere.and(not(col(GOOD))), STALE)
                .when(col(GOOD).and(col(COUNT).gt(1)), SINGLE)
                .when(col(GOOD).and(differs).and(col(STORED).equalTo(col(RowFormat.CHECKSUM))), HEAL)
                .when(col(GOOD).and(differs), UPDATE);
        held.join(wanted, key.toArray(String[]::new), "full_outer")
                .select(with(keyColumns, operation.as(OPERATION), col(COUNT)))
                .where(col(OPERATION).isNotNull())
                .write()
                .mode("overwrite")
                .parquet(scratch);
        return new ChangeSet(Optional.of(scratch), key, counts(current.sparkSession(), scratch));
    }

    private static Map<String, Long> counts(SparkSession session, String scratch) {
        Map<String, Long> counts = new HashMap<>();
        session.read()
                .parquet(scratch)
                .groupBy(OPERATION)
                .agg(count(lit(1)), sum(COUNT))
                .collectAsList()
                .forEach(row -> counts.put(
                        row.getString(0), row.getLong(row.getString(0).equals(STALE) ? 2 : 1)));
        return counts;
    }

    long inserted() {
        return counts.getOrDefault(INSERT, 0L);
    }

    /** Keys whose row is replaced, {@link #edited()} and {@link #reducedToOne()} among them. */
    long updated() {
        return counts.getOrDefault(UPDATE, 0L) + edited() + reducedToOne();
    }

    /** Rows that the source did not change since they were loaded, and that are others in the table all the same. */
    long edited() {
        return counts.getOrDefault(HEAL, 0L);
    }

    long deleted() {
        return counts.getOrDefault(DELETE, 0L);
    }

    /** Rows of the table that are kept, as those of their keys are in quarantine. */
    long stale() {
        return counts.getOrDefault(STALE, 0L);
    }

    /** Keys that the table has more than once. */
    long reducedToOne() {
        return counts.getOrDefault(SINGLE, 0L);
    }

    /** Whether the table has no rows, so that all rows are appended and none needs to be matched. */
    boolean isInitial() {
        return scratch.isEmpty() && inserted() > 0;
    }

    boolean isEmpty() {
        return inserted() + updated() + deleted() == 0;
    }

    /**
     * The changes with the rows they bring. A key that the table has more than once comes twice: to delete what matches it,
     * and, unmatched, to insert its row.
     *
     * @param rows the good incoming rows, whole
     * @return {@link #OPERATION}, {@link #MATCHES} and the columns of {@code rows}; of a deletion only the key is filled
     */
    Dataset<Row> rows(Dataset<Row> rows) {
        Dataset<Row> changes = rows.sparkSession()
                .read()
                .parquet(scratch.orElseThrow())
                .where(col(OPERATION).notEqual(STALE))
                .drop(COUNT);
        Column isSingle = col(OPERATION).equalTo(SINGLE);
        Dataset<Row> plain = changes.withColumn(
                        OPERATION, when(isSingle, DELETE).otherwise(col(OPERATION)))
                .withColumn(MATCHES, lit(true));
        Dataset<Row> all = reducedToOne() == 0
                ? plain
                : plain.unionByName(changes.where(isSingle)
                        .withColumn(OPERATION, lit(INSERT))
                        .withColumn(MATCHES, lit(false)));
        return all.join(rows, key.toArray(String[]::new), "left_outer");
    }

    @Override
    public void close() {
        scratch.ifPresent(location -> FileStore.of(location).delete(location));
    }

    private static Column[] with(Column[] columns, Column... more) {
        Column[] all = Arrays.copyOf(columns, columns.length + more.length);
        System.arraycopy(more, 0, all, columns.length, more.length);
        return all;
    }
}
