package dev.lakehouse.activity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Quality;
import dev.lakehouse.source.files.JsonFiles;
import dev.lakehouse.source.files.TextFiles;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/** Converts lines to rows. */
final class ActivityRows {
    private static final UserDefinedFunction PARSED = functions
            .udf((UDF1<String, Row>) line -> LineParser.parse(line).row(), ParsedLine.SCHEMA)
            .withName("parsed_activity");

    private ActivityRows() {}

    /**
     * Parses lines.
     *
     * @param lines as from {@link TextFiles#read}
     * @return {@code id, email, age_group, user_score, revenue, revenue_was_rounded, widget_list, location, created_at,
     *     _file, _line, _text, _reasons}; bad rows have {@code _reasons} and their text, good rows have values
     */
    static Dataset<Row> validated(Dataset<Row> lines) {
        return lines.withColumn("line", PARSED.apply(col(TextFiles.TEXT)))
                .withColumn(Quality.REASONS, JsonFiles.reasons(col("line.reasons")))
                .select(
                        col("line.id"),
                        col("line.email"),
                        col("line.age_group"),
                        col("line.user_score"),
                        col("line.revenue"),
                        col("line." + ParsedLine.REVENUE_WAS_ROUNDED),
                        col("line.widget_list"),
                        col("line.location"),
                        timestamp_micros(col("line." + ParsedLine.CREATED_AT_MICROS))
                                .as("created_at"),
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        // A good row needs only its values.
                        when(size(col(Quality.REASONS)).gt(0), col(TextFiles.TEXT))
                                .as(TextFiles.TEXT),
                        col(Quality.REASONS));
    }
}
