package dev.lakehouse.votes;

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

/** Converts lines to votes. */
final class VoteLines {
    private static final UserDefinedFunction PARSED =
            functions.udf((UDF1<String, Row>) VoteLine::parse, VoteLine.SCHEMA).withName("parsed_vote");

    private VoteLines() {}

    /**
     * Reads lines.
     *
     * @param lines as from {@link TextFiles#read}
     * @return {@code _file, _line}, the columns of a vote, {@code _reasons}, and {@code _text} if there are reasons
     */
    static Dataset<Row> validated(Dataset<Row> lines) {
        return lines.withColumn("vote", PARSED.apply(col(TextFiles.TEXT)))
                .withColumn(Quality.REASONS, JsonFiles.reasons(col("vote.reasons")))
                .select(
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        col("vote.id"),
                        col("vote.post_id"),
                        col("vote.vote_type_id"),
                        timestamp_micros(col("vote.creation_micros"))
                                .cast("TIMESTAMP_NTZ")
                                .as("creation_date"),
                        col("vote.user_id"),
                        col("vote.bounty_amount"),
                        col(Quality.REASONS),
                        when(size(col(Quality.REASONS)).gt(0), col(TextFiles.TEXT))
                                .as(TextFiles.TEXT));
    }
}
