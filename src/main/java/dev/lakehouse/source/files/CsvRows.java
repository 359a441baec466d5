package dev.lakehouse.source.files;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of CSV files.
 *
 * @param rows {@code _file, _line, _text, csv STRUCT, _reasons}, and {@code whole STRUCT} where the input has such columns; headers
 *     are no rows
 * @param refused files of which nothing is taken
 */
public record CsvRows(Dataset<Row> rows, RefusedFiles refused) {}
