package dev.lakehouse.table;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The column masks of a table in Unity Catalog. Whether a mask hides values from the current principal is found by
 * calling the mask with a value, so its groups need not be known.
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
     * @param usesOtherColumns whether the mask depends on other columns
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
                    "The values of " + table + " are masked for the principal of this task.",
                    "Masks hide " + String.join(", ", hidden) + ". Compared with other rows, every row of the table"
                            + " would differ.",
                    "Run the task as a member of the group that the bundle's variable job_group names, or deploy to your own catalogue"
                            + " with --var job_group=GROUP, where you are a member of GROUP.");
        }
    }

    /** Whether a mask hides values. True if it may not be called or depends on other columns. */
    private boolean hides(Mask mask) {
        if (mask.usesOtherColumns()) {
            return true;
        }
        try {
            DataType type =
                    session.table(table.sql()).schema().apply(mask.column()).dataType();
            Column shown = probes(type)
                    .map(probe -> call_function(mask.function(), probe).eqNullSafe(probe))
                    .reduce(Column::and)
                    .orElseThrow();
            return !session.range(1).select(shown).head().getBoolean(0);
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            return true;
        }
    }

    /** Values of which no mask returns all in place of others. */
    private static Stream<Column> probes(DataType type) {
        if (type instanceof BooleanType) {
            return Stream.of(lit(true), lit(false));
        }
        if (type instanceof ArrayType array) {
            return probes(array.elementType()).map(functions::array);
        }
        boolean isTime = type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
        String text = type instanceof StringType ? "shown to those who may see it" : isTime ? "1970-01-02" : "7";
        return Stream.of(lit(text).cast(type));
    }
}
