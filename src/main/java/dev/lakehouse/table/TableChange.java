package dev.lakehouse.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What has to happen to some rows of a table to bring them to a wanted state. Found by an outer join on the key, kept in
 * a scratch file, written as one commit, or as none where nothing differs.
 */
public final class TableChange {
    /** The operation: {@code insert}, {@code update} or {@code delete}. */
    static final String OPERATION = "_operation";

    static final String INSERT = "insert";
    static final String UPDATE = "update";
    static final String DELETE = "delete";

    private static final String OLD = "_old";
    private static final String NEW = "_new";
    private static final String PLACE = "_place";

    private final Target target;
    private final Dataset<Row> changes;
    private final Map<String, Long> counts;

    private TableChange(Target target, Dataset<Row> changes, Map<String, Long> counts) {
        this.target = target;
        this.changes = changes;
        this.counts = counts;
    }

    /** Nothing has to happen. */
    public static TableChange none(Target target) {
        return new TableChange(target, target.rows(), Map.of());
    }

    /** Rows of which the table holds none of the keys, as when it is empty: nothing needs to be compared. */
    public static TableChange ofNewRows(Target target, Dataset<Row> wanted) {
        Dataset<Row> rows = wanted.select(columns(target));
        return new TableChange(target, rows, Map.of(INSERT, rows.count()));
    }

    /**
     * Compares rows of a table with those wanted in their place.
     *
     * @param wanted the rows as they shall be, with all of {@link Target#columns()}
     * @param current the rows of the table that they take the place of; those without a wanted row are deleted
     * @param scratch a location for the result
     */
    public static TableChange between(Target target, Dataset<Row> wanted, Dataset<Row> current, String scratch) {
        Column[] key = target.key().stream().map(column -> col(column)).toArray(Column[]::new);
        Column whole = struct(columns(target));
        Dataset<Row> old = current.select(with(key, whole.as(OLD)));
        Dataset<Row> now = wanted.select(with(key, whole.as(NEW)));
        Column operation = when(col(OLD).isNull(), INSERT)
                .when(col(NEW).isNull(), DELETE)
                .when(not(col(OLD).eqNullSafe(col(NEW))), UPDATE);
        Column[] row = target.columns().stream()
                .map(column -> when(col(NEW).isNotNull(), col(NEW + "." + column))
                        .otherwise(col(OLD + "." + column))
                        .as(column))
                .toArray(Column[]::new);
        return kept(
                target,
                old.join(now, target.key().toArray(String[]::new), "full_outer")
                        .withColumn(OPERATION, operation)
                        .where(col(OPERATION).isNotNull())
                        .select(with(row, col(OPERATION))),
                scratch);
    }

    /**
     * Compares rows that were delivered with those of the table by what tells which of two is the newer one. Of the rows
     * delivered for a key the newest counts: it is inserted where the table does not hold the key, takes the place of an
     * older one, and else changes nothing. Of the table only key and version are read.
     *
     * @param delivered rows with all of {@link Target#columns()}
     * @param version columns of both, none of them NULL, in the order in which they are compared
     * @param scratch a location for the result
     */
    public static TableChange newer(Target target, Dataset<Row> delivered, List<String> version, String scratch) {
        Column at = struct(version.stream().map(column -> col(column)).toArray(Column[]::new));
        Column[] key = target.key().stream().map(column -> col(column)).toArray(Column[]::new);
        Dataset<Row> newest = delivered
                .withColumn(PLACE, row_number().over(Window.partitionBy(key).orderBy(at.desc())))
                .where(col(PLACE).equalTo(1));
        Dataset<Row> stored = target.rows().select(with(key, at.as(OLD)));
        Column operation = when(col(OLD).isNull(), INSERT).when(at.gt(col(OLD)), UPDATE);
        return kept(
                target,
                newest.join(stored, target.key().toArray(String[]::new), "left")
                        .withColumn(OPERATION, operation)
                        .where(col(OPERATION).isNotNull())
                        .select(with(columns(target), col(OPERATION))),
                scratch);
    }

    private static TableChange kept(Target target, Dataset<Row> found, String scratch) {
        found.write().mode("overwrite").parquet(scratch);
        Dataset<Row> changes =
                found.sparkSession().read().schema(found.schema()).parquet(scratch);
        Map<String, Long> counts = new HashMap<>();
        changes.groupBy(OPERATION)
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(counted -> counts.put(counted.getString(0), counted.getLong(1)));
        return new TableChange(target, changes, counts);
    }

    public long inserted() {
        return counts.getOrDefault(INSERT, 0L);
    }

    public long updated() {
        return counts.getOrDefault(UPDATE, 0L);
    }

    public long deleted() {
        return counts.getOrDefault(DELETE, 0L);
    }

    /** Makes it so. */
    public void write(Instant loadedAt) {
        write(loadedAt, "");
    }

    /**
     * Makes it so.
     *
     * @param note what the next load finds as {@link Target#note()}; where nothing has to happen there is no commit to
     *     carry it, and the last one holds
     */
    public void write(Instant loadedAt, String note) {
        if (updated() + deleted() > 0) {
            target.merge(changes, loadedAt, note);
        } else if (inserted() > 0) {
            target.append(changes.drop(OPERATION), inserted(), loadedAt, note);
        }
    }

    private static Column[] columns(Target target) {
        return target.columns().stream().map(column -> col(column)).toArray(Column[]::new);
    }

    private static Column[] with(Column[] columns, Column more) {
        List<Column> all = new ArrayList<>(List.of(columns));
        all.add(more);
        return all.toArray(Column[]::new);
    }
}
