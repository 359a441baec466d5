package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;

import dev.lakehouse.UserError;
import dev.lakehouse.quality.Expectation;
import dev.lakehouse.quality.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One kind of input: CSV files with a header each.
 *
 * @param name what it is called in messages
 * @param columns the header
 * @param otherNames names in lower case that a header may have as well, each with the column that it stands for
 * @param content what its rows fulfil, as conditions over {@code csv.COLUMN}, each a STRING or NULL where it is empty
 */
public record CsvInput(String name, List<String> columns, Map<String, String> otherNames, List<Expectation> content) {
    /** Beyond it the parser gives up on a line, and with it the run. */
    private static final int MOST_FIELDS = 1_000;

    /** An input whose columns have one name each. */
    public CsvInput(String name, List<String> columns, List<Expectation> content) {
        this(name, columns, Map.of(), content);
    }

    /**
     * Reads the rows of all files at a location.
     *
     * @param location a file, a folder or a glob
     * @param scratch a location for what is needed while the rows are
     * @return as {@link #judged(SparkSession, List, String)} does
     * @throws UserError if there is no file
     */
    public Dataset<Row> judged(SparkSession session, String location, String scratch) {
        List<String> files = TextFiles.at(session, List.of(location)).select(TextFiles.FILE).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        if (files.isEmpty()) {
            throw new UserError(
                    "There are no " + name + " in " + location + ".",
                    "It holds no file, or only files without a byte.",
                    "Check the location, and whether the files were delivered.");
        }
        return judged(session, files, scratch);
    }

    /**
     * Reads the rows of files.
     *
     * @param files at least one, as {@link TextFiles#at} gives them
     * @param scratch an empty location for what is needed while the rows are
     * @return {@code _file, _line, _text, csv STRUCT, _reasons}; headers are no rows
     * @throws UserError if the header of a file is another one
     */
    public Dataset<Row> judged(SparkSession session, List<String> files, String scratch) {
        Lines lines = TextFiles.read(session, files, scratch);
        Dataset<Row> found = lines.rows()
                .groupBy(TextFiles.FILE)
                .agg(
                        min_by(col(TextFiles.TEXT), col(TextFiles.LINE)).as("header"),
                        min(TextFiles.LINE).as("header_line"));
        List<Row> headers = found.collectAsList();
        headers.forEach(this::checkHeader);
        Dataset<Row> records = CsvRecords.of(lines.rows(), columns.size())
                .join(broadcast(session.createDataFrame(headers, found.schema())), TextFiles.FILE)
                .where(col(TextFiles.LINE).notEqual(col("header_line")));
        return Quality.judge(records.withColumn("csv", expr(parsed())), form(), content)
                .select(
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        col(TextFiles.TEXT),
                        col("csv"),
                        col(Quality.REASONS));
    }

    private void checkHeader(Row file) {
        String header = file.getString(1).replace("\"", "").replace(" ", "").toLowerCase(Locale.ROOT);
        List<String> named = Arrays.stream(header.split(",", -1))
                .map(column -> otherNames.getOrDefault(column, column))
                .toList();
        if (!named.equals(columns)) {
            throw new UserError(
                    "The header of " + file.getString(0) + " is not that of " + name + ".",
                    "It is '" + shortened(file.getString(1)) + "'; expected is '" + String.join(",", columns) + "'.",
                    "Check which file was given for which input, and that its first line names these columns.");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private List<Expectation> form() {
        return List.of(
                new Expectation(TextFiles.NOT_UTF_8, "_fault IS NULL"),
                new Expectation(
                        "does not have " + columns.size() + " columns", "csv IS NOT NULL AND csv._broken IS NULL"));
    }

    private String parsed() {
        String schema = columns.stream().map(column -> column + " STRING").collect(Collectors.joining(", "));
        return "CASE WHEN length(_text) - length(replace(_text, ',', '')) < " + MOST_FIELDS + " THEN from_csv(_text, '"
                + schema + ", _broken STRING', map('columnNameOfCorruptRecord', '_broken', 'escape', '\"',"
                + " 'maxCharsPerColumn', '-1')) END";
    }
}
