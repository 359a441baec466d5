package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Quality;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many validated documents there are.
 *
 * @param all good ones and bad ones
 * @param bad those for quarantine
 * @param different how many different documents the good ones are
 */
record Counts(long all, long bad, long different) {

    static Counts of(Dataset<Row> validated) {
        Column isBad = size(col(Quality.REASONS)).gt(0);
        Row row = validated
                .agg(
                        count(lit(1)),
                        count(when(isBad, 1)),
                        countDistinct(when(isBad, null).otherwise(col("_document"))))
                .head();
        return new Counts(row.getLong(0), row.getLong(1), row.getLong(2));
    }

    long good() {
        return all - bad;
    }

    /** Files that hold a good document that another file holds as well. */
    long copies() {
        return good() - different;
    }
}
