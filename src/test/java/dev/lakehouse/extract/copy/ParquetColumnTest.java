package dev.lakehouse.extract.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.source.mysql.RangeSum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Order, sums and groups. That values arrive is shown by the types' test from MySQL to Spark. */
class ParquetColumnTest {
    private static void assertOrdered(DataType type, String... texts) {
        List<byte[]> values = Stream.concat(
                        Stream.of((byte[]) null), Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        ParquetColumn column = ParquetColumn.of(type);
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < values.size(); j++) {
                assertThat(Integer.signum(column.compare(values.get(i), values.get(j))))
                        .as("%s %d %d", type, i, j)
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void numbersAreOrderedByValueAndTextByItsBytes() {
        assertOrdered(DataTypes.IntegerType, "-100", "-20", "-3", "0", "3", "20", "100");
        assertOrdered(DataTypes.createDecimalType(30, 2), "-10.00", "-9.99", "-0.01", "0.00", "0.01", "9.99", "10.00");
        assertOrdered(DataTypes.StringType, "", "10", "9", "a", "aa", "ä", "😀");
        assertOrdered(DataTypes.DateType, "0000-01-01", "1999-12-31", "2000-01-01");
    }

    @Test
    void sumsOfChecksumsAreExact() {
        Checksums checksums = new Checksums();
        List<Long> all = List.of(Long.MIN_VALUE, Long.MIN_VALUE, -1L, Long.MAX_VALUE, 1L << 32, -(1L << 32) - 5);
        all.forEach(checksums::add);

        assertThat(checksums.sum())
                .isEqualTo(new RangeSum(
                        all.size(), all.stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    @Test
    void groupsHoldEachRangeOnce() {
        List<String> conditions =
                IntStream.range(0, 10).mapToObj(i -> "range " + i).toList();

        List<RangeGroup> groups = RangeGroup.of(conditions, 4);

        assertThat(groups).extracting(RangeGroup::first).containsExactly(0, 2, 5, 7);
        assertThat(groups.stream().flatMap(group -> group.conditions().stream()))
                .isEqualTo(conditions);
        assertThat(groups)
                .allSatisfy(group -> assertThat(group.part(conditions)).isEqualTo(group.conditions()));
    }
}
