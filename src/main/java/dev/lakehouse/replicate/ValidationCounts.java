package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Quality;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts and checksums of the accepted and the quarantined rows of an extract. Together they are the whole extract. */
record ValidationCounts(RangeSum accepted, RangeSum quarantined) {

    /** Sums validated rows, which have {@code _row_checksum} and {@code _reasons}. */
    static ValidationCounts of(Dataset<Row> validated) {
        Column good = size(col(Quality.REASONS)).equalTo(0);
        Column bad = good.equalTo(false);
        Row row = validated
                .agg(count(when(good, 1)), sum(good), count(when(bad, 1)), sum(bad))
                .head();
        return new ValidationCounts(
                new RangeSum(row.getLong(0), row.getDecimal(1)), new RangeSum(row.getLong(2), row.getDecimal(3)));
    }

    private static Column sum(Column condition) {
        return RangeSum.exactSum(when(condition, col(RowFormat.CHECKSUM)));
    }

    RangeSum all() {
        return accepted.plus(quarantined);
    }
}
