package dev.lakehouse.source.files;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of CSV files.
 *
 * @param rows {@code _file, _line, _text, csv STRUCT} of STRING, {@link #FAULTS}, and {@code whole STRUCT} if the input
 *     has whole numbers; without headers
 * @param refused files that are not loaded
 */
public record CsvRows(Dataset<Row> rows, RefusedFiles refused) {
    /** The faults of a row's form: {@code ARRAY<STRING> NOT NULL}, empty if its values can be read. */
    public static final String FAULTS = "_faults";
}
