package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.RangeSum;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Adds up row checksums exactly, without an object per row. */
final class Checksums {
    private static final int HALF = 32;
    private static final long LOW = 0xffff_ffffL;

    private long rows;
    private long high;
    private long low;

    void add(long checksum) {
        rows++;
        low += checksum & LOW;
        high += (checksum >> HALF) + (low >>> HALF);
        low &= LOW;
    }

    RangeSum sum() {
        return new RangeSum(
                rows, new BigDecimal(BigInteger.valueOf(high).shiftLeft(HALF).add(BigInteger.valueOf(low))));
    }
}
