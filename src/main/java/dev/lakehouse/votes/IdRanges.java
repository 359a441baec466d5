package dev.lakehouse.votes;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.lakehouse.source.files.TextFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The delivered Ids as a small number of ranges, to filter a table that is clustered by Id. Files deliver consecutive
 * Ids, so even in a table of 10 TB only the newest data files and those with repeated Ids are read.
 */
record IdRanges(List<Range> ranges) {
    private static final int MOST = 32;

    /** A range that includes both bounds. */
    record Range(long from, long to) {}

    /** The Ids of delivered votes, {@code _file, id}. */
    static IdRanges of(Dataset<Row> delivered) {
        return of(delivered.groupBy(TextFiles.FILE).agg(min("id"), max("id")).collectAsList().stream()
                .map(row -> new Range(row.getLong(1), row.getLong(2)))
                .toList());
    }

    /** Merges adjacent ranges, and closes the narrowest gaps while there are too many ranges. */
    static IdRanges of(List<Range> found) {
        List<Range> merged = new ArrayList<>();
        for (Range range : found.stream()
                .sorted((a, b) -> Long.compare(a.from(), b.from()))
                .toList()) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.from() <= last.to()) {
                merged.set(merged.size() - 1, new Range(last.from(), Math.max(last.to(), range.to())));
            } else {
                merged.add(range);
            }
        }
        while (merged.size() > MOST) {
            int at = narrowestGap(merged);
            merged.set(
                    at, new Range(merged.get(at).from(), merged.remove(at + 1).to()));
        }
        return new IdRanges(List.copyOf(merged));
    }

    private static int narrowestGap(List<Range> ranges) {
        int narrowest = 0;
        for (int i = 1; i + 1 < ranges.size(); i++) {
            if (gap(ranges, i) < gap(ranges, narrowest)) {
                narrowest = i;
            }
        }
        return narrowest;
    }

    private static double gap(List<Range> ranges, int at) {
        return (double) ranges.get(at + 1).from() - ranges.get(at).to();
    }

    /** The condition that the column {@code id} is in one of the ranges. */
    Column hold() {
        return ranges.stream()
                .map(range -> col("id").between(range.from(), range.to()))
                .reduce(Column::or)
                .orElse(lit(false));
    }
}
