package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RangeSumTest {
    private static final StructType CHECKSUMS = new StructType().add("checksum", DataTypes.LongType);

    @Test
    void theSumIsExactBeyondBigint() {
        assertSum(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertSum(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
        assertSum(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 1L);
        assertSum(new Random(7).longs(1000).boxed().toArray(Long[]::new));
    }

    @Test
    void eachPartOfAChecksumCounts() {
        assertSum(LongStream.range(0, Long.SIZE).map(bit -> 1L << bit).boxed().toArray(Long[]::new));
        assertSum(1L << 21);
        assertSum(1L << 22);
        assertSum(1L << 43);
        assertSum(1L << 44);
    }

    @Test
    void nullsAddNothingAndWithoutRowsItIsZero() {
        assertSum(null, 5L, null);
        assertSum();
    }

    private static void assertSum(Long... checksums) {
        List<Row> rows = Arrays.stream(checksums).map(RowFactory::create).toList();
        Dataset<Row> dataset = TestLakehouse.session().createDataFrame(rows, CHECKSUMS);
        BigInteger expected = Arrays.stream(checksums)
                .filter(Objects::nonNull)
                .map(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::add);

        assertThat(RangeSum.of(dataset, col("checksum")))
                .isEqualTo(new RangeSum(checksums.length, new BigDecimal(expected)));
    }
}
