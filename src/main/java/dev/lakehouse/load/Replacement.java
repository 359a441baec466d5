package dev.lakehouse.load;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The plan of a table without a key: its rows cannot be matched, so all of them are replaced if they differ. */
public final class Replacement {
    /** A value of a row, and how much more often it is wanted than held. */
    private static final String VALUE = "_value";

    private static final String SURPLUS = "_surplus";

    private Replacement() {}

    /**
     * Replaces all rows of a table without a key if they are not the wanted rows. Rows may repeat, so equal ones are counted on
     * both sides. Which row became which is unknown: as many as possible count as updated.
     *
     * @param wanted all rows that the table shall have, with their values
     * @param held the rows of the target with theirs
     * @param rows the wanted rows with columns of the target; other columns are left out
     */
    public static MergePlan of(Target target, RowState wanted, RowState held, Dataset<Row> rows) {
        Dataset<Row> before = held.rows().select(held.value().as(VALUE), lit(-1L).as(SURPLUS));
        Dataset<Row> after = wanted.rows().select(wanted.value().as(VALUE), lit(1L).as(SURPLUS));
        Column more = when(col(SURPLUS).gt(0), col(SURPLUS));
        Column fewer = when(col(SURPLUS).lt(0), col(SURPLUS).multiply(-1));
        Row sums = before.unionByName(after)
                .groupBy(VALUE)
                .agg(sum(SURPLUS).as(SURPLUS))
                .agg(coalesce(sum(more), lit(0L)), coalesce(sum(fewer), lit(0L)))
                .head();
        long updated = Math.min(sums.getLong(0), sums.getLong(1));
        Map<String, Long> counts = Map.of(
                MergePlan.INSERT,
                sums.getLong(0) - updated,
                MergePlan.UPDATE,
                updated,
                MergePlan.DELETE,
                sums.getLong(1) - updated);
        Supplier<Dataset<Row>> all = () -> MergePlan.withColumnsOf(target, rows);
        return new MergePlan(target, counts, all, all, true);
    }
}
