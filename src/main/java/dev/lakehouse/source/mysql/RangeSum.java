package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
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

    public RangeSum plus(RangeSum other) {
        return new RangeSum(rows + other.rows, checksum.add(other.checksum));
    }

    public static RangeSum total(Collection<RangeSum> sums) {
        return sums.stream().reduce(EMPTY, RangeSum::plus);
    }

    /** Count and sum of a Dataset, for a checksum expression. */
    public static RangeSum of(Dataset<Row> rows, Column checksum) {
        Row row = rows.agg(count(lit(1)), exactSum(checksum)).head();
        return new RangeSum(row.getLong(0), row.getDecimal(1));
    }

    /** The exact sum of row checksums, {@code DECIMAL(38,0)}; 0 without rows. */
    public static Column exactSum(Column checksum) {
        return coalesce(sum(checksum.cast(EXACT)), lit(BigDecimal.ZERO)).cast(EXACT);
    }
}
