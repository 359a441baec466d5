package dev.lakehouse.load;

import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.task.ScratchSpace;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table of rows that were not accepted, each with all its reasons. It either mirrors its input, so that it contains
 * the rows that are bad now, or is only appended to.
 */
public final class Quarantine {
    private Quarantine() {}

    /**
     * Replaces the content of the table by the rows that are bad now.
     *
     * @param bad all bad rows of the input
     * @param held the rows of the table that they replace: those from the same input
     */
    public static MergePlan mirror(Target target, Dataset<Row> bad, Dataset<Row> held, ScratchSpace scratch) {
        return MergePlan.fullState(target, complete(target, bad), held, scratch);
    }

    /**
     * Adds the bad rows that are not in the table yet. Some key columns may be NULL.
     *
     * @param bad rows with some of the table's columns; the others are NULL
     */
    public static MergePlan append(Target target, Dataset<Row> bad, ScratchSpace scratch) {
        Dataset<Row> stored = target.rows();
        Dataset<Row> complete = complete(target, bad);
        Column isStored = target.table().key().stream()
                .map(column -> complete.col(Columns.quoted(column)).eqNullSafe(stored.col(Columns.quoted(column))))
                .reduce(Column::and)
                .orElseThrow();
        return MergePlan.newRows(target, complete.join(stored, isStored, "left_anti"), scratch);
    }

    private static Dataset<Row> complete(Target target, Dataset<Row> rows) {
        Set<String> given = Set.copyOf(Arrays.asList(rows.columns()));
        return rows.select(target.columns().stream()
                .map(column -> given.contains(column)
                        ? Columns.named(column)
                        : lit(null)
                                .cast(target.rows().schema().apply(column).dataType())
                                .as(column))
                .toArray(Column[]::new));
    }
}
