package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.table.TableChange;
import dev.lakehouse.table.Target;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table {@code orders_quarantine}, to which rows are only added: of what was refused before nothing is added again.
 *
 * @param target the table
 */
record Quarantine(Target target) {

    /**
     * Adds what is not there yet.
     *
     * @param refused some of the table's columns; the others are NULL
     * @param scratch a location for what is added
     * @return whether there was something to add
     */
    boolean add(Dataset<Row> refused, String scratch, Instant loadedAt) {
        Set<String> given = Set.copyOf(Arrays.asList(refused.columns()));
        Dataset<Row> stored = target.rows();
        Dataset<Row> whole = refused.select(target.columns().stream()
                .map(column -> given.contains(column)
                        ? col(column)
                        : lit(null)
                                .cast(stored.schema().apply(column).dataType())
                                .as(column))
                .toArray(Column[]::new));
        Column same = OrderTables.REFUSED.stream()
                .map(column -> whole.col(column).eqNullSafe(stored.col(column)))
                .reduce(Column::and)
                .orElseThrow();
        whole.join(stored, same, "left_anti").write().mode("overwrite").parquet(scratch);
        TableChange added = TableChange.ofNewRows(
                target, stored.sparkSession().read().schema(whole.schema()).parquet(scratch));
        added.write(loadedAt);
        return added.inserted() > 0;
    }
}
