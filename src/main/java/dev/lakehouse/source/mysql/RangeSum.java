package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Count and exact checksum sum of a set of rows, such as a key range. Sets with equal values are considered equal.
 *
 * @param rows the count
 * @param checksum the sum
 */
public record RangeSum(long rows, BigDecimal checksum) implements Serializable {
    public static final RangeSum EMPTY = new RangeSum(0, BigDecimal.ZERO);

    private static final DataType EXACT = DataTypes.createDecimalType(38, 0);

    /** A BIGINT as a decimal. */
    private static final DataType EXACT_PART = DataTypes.createDecimalType(20, 0);

    /** The number of bits of a part of a checksum. The top part has the sign. */
    private static final int PART = 22;

    /** How many values a lower part has. */
    private static final long BASE = 1L << PART;

    private static final String COMPUTED = "_computed";

    public RangeSum plus(RangeSum other) {
        return new RangeSum(rows + other.rows, checksum.add(other.checksum));
    }

    public static RangeSum total(Collection<RangeSum> sums) {
        return sums.stream().reduce(EMPTY, RangeSum::plus);
    }

    /** Count and sum of a Dataset, for a checksum expression. */
    public static RangeSum of(Dataset<Row> rows, Column checksum) {
        // Computed once, although it is summed in parts.
        Row row = rows.select(checksum.as(COMPUTED))
                .agg(count(lit(1)), exactSum(col(COMPUTED)))
                .head();
        return new RangeSum(row.getLong(0), row.getDecimal(1));
    }

    /**
     * The exact sum of row checksums, {@code DECIMAL(38,0)}; 0 without rows. Three parts of each checksum are summed as whole
     * numbers, because Spark sums decimals of this size slowly; none overflows below 2<sup>41</sup> rows.
     */
    public static Column exactSum(Column checksum) {
        Column top = sum(shiftright(checksum, 2 * PART)).cast(EXACT_PART);
        Column middle = sum(shiftright(checksum, PART).bitwiseAND(BASE - 1)).cast(EXACT_PART);
        Column low = sum(checksum.bitwiseAND(BASE - 1)).cast(EXACT_PART);
        Column next = lit(BigDecimal.valueOf(BASE));
        return coalesce(top.multiply(next).plus(middle).multiply(next).plus(low), lit(BigDecimal.ZERO))
                .cast(EXACT);
    }
}
