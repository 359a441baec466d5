package dev.lakehouse.table;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The column masks of a table in Unity Catalog. Whether one holds for whoever runs this is found out by asking the mask
 * itself for a value: that needs no knowledge of its groups.
 *
 * @param masks the mask of each masked column
 */
record ColumnMasks(SparkSession session, TableName table, List<Mask> masks) {
    private static final String RELATION = "information_schema.column_masks";

    /**
     * A mask.
     *
     * @param column the masked column
     * @param function the function's name, quoted, with catalogue and schema
     * @param usesOtherColumns whether other columns decide as well
     */
    private record Mask(String column, String function, boolean usesOtherColumns) {}

    static ColumnMasks of(SparkSession session, TableName table) {
        List<Mask> masks = session
                .table(RELATION)
                .where(lower(col("schema_name")).equalTo(table.schema().toLowerCase(Locale.ROOT)))
                .where(lower(col("table_name")).equalTo(table.table().toLowerCase(Locale.ROOT)))
                .select("column_name", "mask_catalog", "mask_schema", "mask_name", "mask_col_usage")
                .collectAsList()
                .stream()
                .map(ColumnMasks::mask)
                .toList();
        return new ColumnMasks(session, table, masks);
    }

    private static Mask mask(Row row) {
        String function = List.of(row.getString(1), row.getString(2), row.getString(3)).stream()
                .map(name -> "`" + name.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
        return new Mask(row.getString(0), function, !row.isNullAt(4));
    }

    void refuseHiddenValues() {
        List<String> hidden =
                masks.stream().filter(this::hides).map(Mask::column).toList();
        if (!hidden.isEmpty()) {
            throw new UserError(
                    "The values of " + table + " are masked for whoever runs this task.",
                    "Masks hide " + String.join(", ", hidden)
                            + ": compared with other rows, every row of the table would look changed.",
                    "Run the task as a member of the group that the masks name as job_group, or deploy a catalogue of"
                            + " your own with --var job_group=GROUP, a group that you are in.");
        }
    }

    /** A mask that may not be called, or that other columns decide, counts as one that hides. */
    private boolean hides(Mask mask) {
        if (mask.usesOtherColumns()) {
            return true;
        }
        try {
            Column probe = probe(
                    session.table(table.sql()).schema().apply(mask.column()).dataType());
            return !session.range(1)
                    .select(call_function(mask.function(), probe).eqNullSafe(probe))
                    .head()
                    .getBoolean(0);
        } catch (Exception e) { // Spark throws checked ones undeclared
            return true;
        }
    }

    /** A value that no mask shows in place of others. */
    private static Column probe(DataType type) {
        String text = type instanceof StringType
                ? "shown to those who may see it"
                : type instanceof DateType || type instanceof TimestampType ? "1970-01-02" : "7";
        return lit(text).cast(type);
    }
}
