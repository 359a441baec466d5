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
 * The counts of validated documents.
 *
 * @param all good and bad documents
 * @param bad documents for quarantine
 * @param different the number of distinct good documents
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

    /** The number of files with a good document that another file also contains. */
    long copies() {
        return good() - different;
    }
}
