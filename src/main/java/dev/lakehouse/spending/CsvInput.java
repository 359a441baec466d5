package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;

import dev.lakehouse.UserError;
import dev.lakehouse.quality.Expectation;
import dev.lakehouse.quality.Lines;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.quality.TextFiles;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One of the inputs: CSV files with a header each.
 *
 * @param name what it is called in messages
 * @param columns the header
 * @param content what its rows fulfil, as conditions over {@code csv.COLUMN}, each a STRING or NULL where it is empty
 */
record CsvInput(String name, List<String> columns, List<Expectation> content) {
    /** Beyond it the parser gives up on a line, and with it the run. */
    private static final int MOST_FIELDS = 1_000;

    static final CsvInput CUSTOMERS = new CsvInput(
            "customers",
            List.of("customer_id", "first_name", "last_name", "email", "age"),
            List.of(given("customer_id"), customerId()));

    static final CsvInput PURCHASES = new CsvInput(
            "purchases",
            List.of("customer_id", "product", "price"),
            List.of(
                    given("customer_id"),
                    customerId(),
                    given("price"),
                    // More decimals would be rounded, and money is not rounded in silence.
                    new Expectation(
                            "price is not an amount with at most two decimals",
                            "csv.price IS NULL OR trim(csv.price) RLIKE '^[+-]?[0-9]{1,16}(\\\\.[0-9]{1,2})?$'"),
                    new Expectation(
                            "price is negative", "csv.price IS NULL OR NOT trim(csv.price) RLIKE '^-.*[1-9]'")));

    private static Expectation given(String column) {
        return new Expectation(column + " is missing", "trim(csv." + column + ") <> ''");
    }

    private static Expectation customerId() {
        return new Expectation(
                "customer_id is not a whole number",
                "coalesce(trim(csv.customer_id), '') = '' OR try_cast(csv.customer_id AS BIGINT) IS NOT NULL");
    }

    /**
     * Reads rows.
     *
     * @param locations files, folders or globs
     * @param scratch a location for what is needed while the rows are
     * @return {@code _file, _line, _text, csv STRUCT, _reasons}; headers are no rows
     */
    Dataset<Row> judged(SparkSession session, String locations, String scratch) {
        List<String> files = TextFiles.at(session, List.of(locations)).select(TextFiles.FILE).collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
        if (files.isEmpty()) {
            throw new UserError(
                    "There are no " + name + " in " + locations + ".",
                    "It holds no file, or only files without a byte.",
                    "Check the location, and whether the files were delivered.");
        }
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
        if (!header.equals(String.join(",", columns))) {
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
                TextFiles.UTF_8,
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
