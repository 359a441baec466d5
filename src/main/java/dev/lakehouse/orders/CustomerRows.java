package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.load.Expectation;
import dev.lakehouse.load.Quality;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.TextFiles;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Parses rows of customers. */
final class CustomerRows {
    static final CsvInput INPUT = new CsvInput(
            "customers",
            List.of("customer_id", "company_name", "specialized_industries"),
            Map.of("specialised_industries", "specialized_industries"),
            Map.of());

    static final List<Expectation> EXPECTATIONS =
            List.of(new Expectation("customer_id is missing", "trim(csv.customer_id) <> ''"));

    /** The sum over a file's rows shows whether two files have the same content. */
    static final Column CONTENT = expr("CAST(xxhash64(_line, _text) AS DECIMAL(38,0))");

    private CustomerRows() {}

    /**
     * Reads good rows.
     *
     * @param rows {@code _file, _line, _text, _delivered_at}, {@code csv} with the columns of {@link #INPUT}
     * @return the columns of a customer except {@code _loaded_at}, {@code unknown_industries} ARRAY of STRING,
     *     {@code _text}
     */
    static Dataset<Row> of(Dataset<Row> rows) {
        String list = "array('" + String.join("', '", Industries.ALL) + "')";
        return rows.withColumn(
                        "values",
                        expr("array_distinct(filter(transform(split(coalesce(csv.specialized_industries, ''), ';'),"
                                + " value -> trim(value)), value -> value <> ''))"))
                .select(
                        expr("trim(csv.customer_id)").as("customer_id"),
                        expr("nullif(trim(csv.company_name), '')").as("company_name"),
                        expr("array_sort(array_intersect(values, " + list + "))")
                                .as("specialized_industries"),
                        expr("array_except(values, " + list + ")").as("unknown_industries"),
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        col("_delivered_at"),
                        col(TextFiles.TEXT));
    }

    /** For quarantine: one row per value that is not on the list, with its customer. */
    static Dataset<Row> unknownIndustries(Dataset<Row> rows) {
        return rows.withColumn("industry", explode(col("unknown_industries")))
                .select(
                        array(lit("not an industry of the list")).as(Quality.REASONS),
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        col("_delivered_at"),
                        col("customer_id"),
                        col("industry"),
                        col(TextFiles.TEXT));
    }

    /** {@code customer_id, industry}. */
    static Dataset<Row> industries(Dataset<Row> customers) {
        return customers.select(
                col("customer_id"), explode(col("specialized_industries")).as("industry"));
    }
}
