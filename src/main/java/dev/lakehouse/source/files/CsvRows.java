package dev.lakehouse.source.files;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of CSV files.
 *
 * @param rows {@code _file, _line, _text, csv STRUCT} of STRING, {@link #FAULTS}, and {@code whole STRUCT} where the input has such
 *     columns; headers are no rows
 * @param refused files of which nothing is taken
 */
public record CsvRows(Dataset<Row> rows, RefusedFiles refused) {
    /** What is wrong with a row's form: {@code ARRAY<STRING> NOT NULL}, empty where its values can be read. */
    public static final String FAULTS = "_faults";
}
