package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
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
 * Found by an outer join on the key and the row checksum; kept in a scratch file, so that it is computed once.
 */
final class ChangeSet implements AutoCloseable {
    /** The operation: {@code insert}, {@code update}, {@code delete}, or {@code stale} (kept, as its row is in quarantine). */
    static final String OPERATION = "_operation";

    static final String INSERT = "insert";
    static final String UPDATE = "update";
    static final String DELETE = "delete";
    static final String STALE = "stale";

    /** Marks incoming rows that may enter the table: {@code BOOLEAN}; the others keep theirs from being deleted. */
    static final String GOOD = "_good";

    private static final String OLD = "_old";
    private static final String NEW = "_new";

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
     * @param current the table: the key's columns and a version that changes with the row
     * @param incoming the wanted state: the key's columns, a version and {@link #GOOD}
     * @param version the name of the version column in both
     * @param scratch a location for the result, removed by {@link #close()}
     */
    static ChangeSet between(
            Dataset<Row> current, Dataset<Row> incoming, List<String> key, String version, String scratch) {
        Column[] keyColumns = key.stream().map(name -> col(Sql.quoted(name))).toArray(Column[]::new);
        Dataset<Row> old = current.select(with(keyColumns, col(version).as(OLD)));
        Dataset<Row> wanted = incoming.select(with(keyColumns, col(version).as(NEW), col(GOOD)));
        Column operation = when(col(OLD).isNull().and(col(GOOD)), INSERT)
                .when(col(NEW).isNull(), DELETE)
                .when(col(OLD).isNotNull().and(col(GOOD)).and(col(OLD).notEqual(col(NEW))), UPDATE)
                .when(col(OLD).isNotNull().and(col(GOOD).equalTo(false)), STALE);
        old.join(wanted, key.toArray(String[]::new), "full_outer")
                .select(with(keyColumns, operation.as(OPERATION)))
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
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
        return counts;
    }

    long inserted() {
        return counts.getOrDefault(INSERT, 0L);
    }

    long updated() {
        return counts.getOrDefault(UPDATE, 0L);
    }

    long deleted() {
        return counts.getOrDefault(DELETE, 0L);
    }

    long stale() {
        return counts.getOrDefault(STALE, 0L);
    }

    /** Whether the table has no rows, so that all rows are appended and none needs to be matched. */
    boolean isInitial() {
        return scratch.isEmpty() && inserted() > 0;
    }

    boolean isEmpty() {
        return inserted() + updated() + deleted() == 0;
    }

    /**
     * The changes with the rows they bring.
     *
     * @param rows the good incoming rows, whole
     * @return {@link #OPERATION} and the columns of {@code rows}; of a deletion only the key is filled
     */
    Dataset<Row> rows(Dataset<Row> rows) {
        Dataset<Row> changes = rows.sparkSession()
                .read()
                .parquet(scratch.orElseThrow())
                .where(col(OPERATION).notEqual(STALE));
        return changes.join(rows, key.toArray(String[]::new), "left_outer");
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
