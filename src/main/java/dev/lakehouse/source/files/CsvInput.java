package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;

import dev.lakehouse.task.ScratchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One kind of input: CSV files that each have a header.
 *
 * @param name its name in messages
 * @param columns the header
 * @param otherNames alternative header names in lower case, each with the column that it means
 * @param whole the columns of whole numbers, each with its type. {@code whole.COLUMN} is then a STRUCT of the value,
 *     NULL if it is not a whole number, and the fault, NULL if the value is valid or missing
 */
public record CsvInput(
        String name, List<String> columns, Map<String, String> otherNames, Map<String, WholeNumber.Type> whole) {

    /**
     * Reads the rows of files.
     *
     * @param files at least one, as {@link TextFiles#at} lists them
     * @param scratch an empty folder, needed as long as the rows are used
     */
    public CsvRows read(SparkSession session, List<String> files, ScratchSpace scratch, LineLimit limit) {
        Lines read = TextFiles.read(session, files, scratch, limit);
        Dataset<Row> found = read.rows()
                .groupBy(TextFiles.FILE)
                .agg(
                        min_by(col(TextFiles.TEXT), col(TextFiles.LINE)).as("header"),
                        min(TextFiles.LINE).as("header_line"));
        List<Row> headers = found.collectAsList();
        Lines lines = read.without(new RefusedFiles(headers.stream()
                .filter(file -> !isHeader(file.getString(1)))
                .map(file -> refused(file.getString(0), file.getString(1)))
                .toList()));
        Dataset<Row> records = CsvRecords.of(lines.rows(), columns.size())
                .join(broadcast(session.createDataFrame(headers, found.schema()).drop("header")), TextFiles.FILE)
                .where(col(TextFiles.LINE).notEqual(col("header_line")));
        return new CsvRows(parsed(records), lines.refused());
    }

    private Dataset<Row> parsed(Dataset<Row> records) {
        Dataset<Row> parsed = records.withColumn(
                        "record", CsvParser.ofFields(columns.size()).apply(col(TextFiles.TEXT)))
                .withColumn("csv", struct(inOrder(columns, this::value)));
        List<String> numbers = List.copyOf(whole.keySet());
        // A STRUCT without fields cannot be stored.
        Dataset<Row> read =
                numbers.isEmpty() ? parsed : parsed.withColumn("whole", struct(inOrder(numbers, this::number)));
        return read.withColumn(CsvRows.FAULTS, array_compact(array(col(TextFiles.FAULT), col("record.fault"))))
                .drop("record", TextFiles.FAULT, "header_line");
    }

    private Column number(String column) {
        return CsvParser.whole(whole.get(column)).apply(value(column));
    }

    private Column value(String column) {
        return col("record.values").getItem(columns.indexOf(column));
    }

    private static Column[] inOrder(List<String> columns, Function<String, Column> value) {
        return columns.stream().map(column -> value.apply(column).as(column)).toArray(Column[]::new);
    }

    private boolean isHeader(String line) {
        String header = line.replace("\"", "").replace(" ", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(header.split(",", -1))
                .map(column -> otherNames.getOrDefault(column, column))
                .toList()
                .equals(columns);
    }

    private RefusedFile refused(String file, String header) {
        return new RefusedFile(
                file,
                "The header of " + file + " is not that of " + name + ": it is '" + shortened(header) + "', but '"
                        + String.join(",", columns) + "' is expected.",
                "Check that the file was given for the right input and that its first line names these columns.");
    }

    private static String shortened(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return shown.length() <= 100 ? shown : shown.substring(0, 100) + "…";
    }
}
