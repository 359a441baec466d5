package dev.lakehouse.replicate;

import java.util.List;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;

/**
 * The changes of the target's columns that a load makes before it writes rows.
 *
 * @param added columns that are missing in the target
 * @param widened columns of the target, with the wider type that they get
 * @param relaxed columns of the target that are NOT NULL, but may be NULL in the source
 */
record SchemaChange(List<StructField> added, List<StructField> widened, List<StructField> relaxed) {
    private static final int DIGITS_OF_INT = 10;
    private static final int DIGITS_OF_BIGINT = 20;

    boolean isEmpty() {
        return added.isEmpty() && widened.isEmpty() && relaxed.isEmpty();
    }

    /** The number of commits: one for each wider type, one for each column that may be NULL, and one for all new columns. */
    int commits() {
        return widened.size() + relaxed.size() + (added.isEmpty() ? 0 : 1);
    }

    /** Whether Delta can widen a column's type without rewriting files and without changing values. */
    static boolean widens(DataType from, DataType to) {
        if (to instanceof DecimalType decimal) {
            int digits = decimal.precision() - decimal.scale();
            return from instanceof DecimalType narrow
                    ? decimal.scale() >= narrow.scale() && digits >= narrow.precision() - narrow.scale()
                    : isInteger(from) && decimal.scale() == 0 && digits >= digits(from);
        }
        return isInteger(from) && isInteger(to) && from.defaultSize() < to.defaultSize();
    }

    private static boolean isInteger(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    private static int digits(DataType integer) {
        return integer instanceof LongType ? DIGITS_OF_BIGINT : DIGITS_OF_INT;
    }
}
