package dev.lakehouse.ingest;

import java.math.BigDecimal;
import java.util.Collection;

/**
 * What proves the rows of one key range: how many there are, and the exact sum of their row checksums.
 *
 * @param rows the count
 * @param checksum the sum
 */
record RangeSum(long rows, BigDecimal checksum) {
    static final RangeSum EMPTY = new RangeSum(0, BigDecimal.ZERO);

    RangeSum plus(RangeSum other) {
        return new RangeSum(rows + other.rows, checksum.add(other.checksum));
    }

    static RangeSum total(Collection<RangeSum> sums) {
        return sums.stream().reduce(EMPTY, RangeSum::plus);
    }
}
