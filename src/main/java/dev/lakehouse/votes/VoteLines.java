package dev.lakehouse.votes;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.quality.Expectation;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.quality.TextFiles;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What stands in a line of a delivered file: a JSON object with the fields of a vote, whose numbers may be strings. */
final class VoteLines {
    /** Jackson stops after the first value; that the line holds one and nothing else is what the array tells. */
    private static final List<Expectation> FORM = List.of(
            TextFiles.UTF_8,
            new Expectation(
                    "not a JSON object",
                    "json._broken IS NULL AND json_array_length('[' || _text || ']') = 1"
                            + " AND json_array_length('[' || _text || ', 0]') = 2"));

    private static final List<Expectation> CONTENT = List.of(
            given("Id"),
            given("PostId"),
            given("VoteTypeId"),
            given("CreationDate"),
            whole("Id", "BIGINT"),
            whole("PostId", "BIGINT"),
            whole("VoteTypeId", "BIGINT"),
            whole("UserId", "BIGINT"),
            whole("BountyAmount", "INT"),
            new Expectation(
                    "CreationDate is not a local date and time",
                    // A cast alone would take a year for a date, and drop a zone without a word.
                    unlessMissing(
                            "CreationDate",
                            "json.CreationDate RLIKE '^\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d([T ]\\\\d\\\\d:\\\\d\\\\d(:\\\\d\\\\d(\\\\.\\\\d{1,9})?)?)?$'"
                                    + " AND try_cast(json.CreationDate AS TIMESTAMP_NTZ) IS NOT NULL")));

    private VoteLines() {}

    /**
     * Reads lines.
     *
     * @param lines {@code _file, _line, _text, _is_utf8}
     * @return {@code _file, _line}, the columns of a vote, {@code _reasons}, and {@code _text} of those that have any
     */
    static Dataset<Row> judged(Dataset<Row> lines) {
        Dataset<Row> parsed = lines.withColumn("json", expr("""
                from_json(
                  _text,
                  'Id STRING, PostId STRING, VoteTypeId STRING, CreationDate STRING, UserId STRING, BountyAmount STRING, _broken STRING',
                  map('columnNameOfCorruptRecord', '_broken', 'allowSingleQuotes', 'false'))"""));
        return Quality.judge(parsed, FORM, CONTENT)
                .select(
                        col(TextFiles.FILE),
                        col(TextFiles.LINE),
                        expr("try_cast(json.Id AS BIGINT)").as("id"),
                        expr("try_cast(json.PostId AS BIGINT)").as("post_id"),
                        expr("try_cast(json.VoteTypeId AS BIGINT)").as("vote_type_id"),
                        expr("try_cast(json.CreationDate AS TIMESTAMP_NTZ)").as("creation_date"),
                        expr("try_cast(json.UserId AS BIGINT)").as("user_id"),
                        expr("try_cast(json.BountyAmount AS INT)").as("bounty_amount"),
                        col(Quality.REASONS),
                        when(size(col(Quality.REASONS)).gt(0), col(TextFiles.TEXT))
                                .as(TextFiles.TEXT));
    }

    private static Expectation given(String field) {
        return new Expectation(field + " is missing", "trim(json." + field + ") <> ''");
    }

    private static Expectation whole(String field, String type) {
        return new Expectation(
                field + " is not a whole number",
                unlessMissing(field, "try_cast(json." + field + " AS " + type + ") IS NOT NULL"));
    }

    private static String unlessMissing(String field, String condition) {
        return "coalesce(trim(json." + field + "), '') = '' OR (" + condition + ")";
    }
}
