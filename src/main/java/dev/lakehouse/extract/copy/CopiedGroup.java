package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.RangeSum;
import java.io.Serializable;
import java.util.List;

/**
 * The result of copying a group.
 *
 * @param sums count and checksum of each of its ranges, of the rows as they were read
 * @param written the same of the rows as they were written, which differ if columns are masked
 * @param files the files that were written
 * @param nulled how many dates that are not in the calendar were copied as NULL
 * @param invalid the sum of their rows, see {@link InvalidDateRows}
 */
public record CopiedGroup(
        RangeGroup group,
        List<RangeSum> sums,
        List<RangeSum> written,
        List<WrittenFile> files,
        long nulled,
        RangeSum invalid)
        implements Serializable {
    /** How many rows were copied. */
    public long rows() {
        return RangeSum.total(sums).rows();
    }
}
