package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Expectation;
import dev.lakehouse.load.Quality;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Parses messages: JSON objects with the fields of an order, whose numbers may be strings. */
final class OrderMessages {
    private static final String TEXT = "_text";
    private static final String UUID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\\\z";

    /** ISO 8601: date and time, with an offset or without one. A cast alone would accept a year. */
    private static final String ISO =
            "^(19|20|21)\\\\d\\\\d-\\\\d\\\\d-\\\\d\\\\d[Tt ]\\\\d\\\\d:\\\\d\\\\d(:\\\\d\\\\d([.,]\\\\d{1,9})?)?"
                    + " ?([Zz]|[+-]\\\\d\\\\d(:?\\\\d\\\\d)?)?\\\\z";

    /** Casting a number with a long exponent would take too much time or memory. */
    private static final String NUMBER = "^[+-]?[0-9]{1,30}([.][0-9]{0,60})?([eE][+-]?[0-9]{1,2})?\\\\z";

    /** Floating-point numbers below this are exact to four decimals. */
    private static final String TOO_LARGE = "100000000000";

    /** The second name for the lines is used if the first one is missing. */
    private static final String KNOWN = "name IN ('order_id', 'customer_id', 'amount', 'timestamp', 'order_lines')"
            + " OR (name = 'order_line' AND json['order_lines'] IS NULL)";

    private static final List<Expectation> FORM = List.of(
            new Expectation("the message has no value", "_text IS NOT NULL"),
            new Expectation("not UTF-8 text", "_text IS NULL OR _is_utf8"));

    private static final List<Expectation> CONTENT = List.of(
            given("order_id"),
            new Expectation("order_id is not a UUID", unlessMissing("order_id", "order_id RLIKE '" + UUID + "'")),
            given("customer_id"),
            new Expectation(
                    "customer_id is not a text", unlessMissing("customer_id", "NOT customer_id RLIKE '^[{\\\\[]'")),
            given("amount"),
            new Expectation(
                    "amount is not a number below " + TOO_LARGE,
                    unlessMissing("amount", exact("amount") + " IS NOT NULL")),
            given("timestamp"),
            new Expectation(
                    "timestamp is not an ISO date and time",
                    unlessMissing("timestamp", "timestamp RLIKE '" + ISO + "' AND parsed_timestamp IS NOT NULL")),
            given("order_lines"),
            new Expectation(
                    "order_lines is not an array of objects",
                    unlessMissing("order_lines", "lines IS NOT NULL AND NOT exists(lines, line -> line IS NULL)")),
            ofLines("product_id is missing", "trim(line['product_id']) <> ''"),
            ofLines(
                    "product_id is not a text",
                    "coalesce(line['product_id'], '') = '' OR NOT trim(line['product_id']) RLIKE '^[{\\\\[]'"),
            ofLines("volume is not a number below " + TOO_LARGE, exact("trim(line['volume'])") + " IS NOT NULL"),
            ofLines("price is not a number below " + TOO_LARGE, exact("trim(line['price'])") + " IS NOT NULL"));

    /** Converts a text such as {@code 2026-11-20T10:00:00+0200} to a form that a cast accepts. */
    private static final String MOMENT = """
            try_cast(
              regexp_replace(
                regexp_replace(
                  regexp_replace(replace(replace(upper(timestamp), ',', '.'), ' +', '+'), '([+-]\\\\d\\\\d)(\\\\d\\\\d)$', '$1:$2'),
                  '^(.{13}:\\\\d\\\\d)(Z|[+-])', '$1:00$2'),
                '(:\\\\d\\\\d|\\\\.\\\\d+)([+-]\\\\d\\\\d)$', '$1$2:00')
              AS TIMESTAMP)""";

    private static final String LINES = """
            transform(lines, line -> named_struct(
              'product_id', trim(line['product_id']),
              'volume', %s,
              'price', %s,
              'unknown_fields', %s))""".formatted(
                    exact("trim(line['volume'])"),
                    exact("trim(line['price'])"),
                    unknown("line", "name IN ('product_id', 'volume', 'price')"));

    private static final String LINES_AMOUNT = """
            aggregate(
              order_lines,
              CAST(0 AS DECIMAL(37,8)),
              (sum, line) -> try_cast(try_add(sum, line.volume * line.price) AS DECIMAL(37,8)))""";

    private OrderMessages() {}

    /**
     * Reads messages.
     *
     * @param messages from Spark's Kafka source
     * @return the columns of an order except {@code _loaded_at}, {@code _reasons}, and {@code _text} if there are
     *     reasons
     */
    static Dataset<Row> validated(Dataset<Row> messages) {
        Dataset<Row> parsed = messages.select(
                        col("topic").as("_topic"),
                        col("partition").as("_partition"),
                        col("offset").as("_offset"),
                        col("timestamp").as("_kafka_timestamp"),
                        expr("is_valid_utf8(CAST(value AS STRING))").as("_is_utf8"),
                        expr("regexp_replace(if(is_valid_utf8(CAST(value AS STRING)), CAST(value AS STRING),"
                                        + " decode(value, 'ISO-8859-1')), '^\\\\x{FEFF}', '')")
                                .as(TEXT))
                .withColumn("message", OrderJson.read(col(TEXT)))
                .withColumn("json", col("message.fields"))
                .withColumn("lines", col("message.lines"))
                .withColumn("order_id", expr("trim(json['order_id'])"))
                .withColumn("customer_id", expr("trim(json['customer_id'])"))
                .withColumn("amount", expr("trim(json['amount'])"))
                .withColumn("timestamp", expr("trim(json['timestamp'])"))
                .withColumn("order_lines", expr("coalesce(json['order_lines'], json['order_line'])"))
                .withColumn("parsed_timestamp", expr(MOMENT));
        Column form = concat(Quality.reasons(FORM), coalesce(col("message.faults"), array().cast("array<string>")));
        return Quality.validate(parsed, form, CONTENT)
                .withColumn("order_lines", expr(LINES))
                .select(
                        expr("lower(order_id)").as("order_id"),
                        col("customer_id"),
                        col("parsed_timestamp").as("timestamp"),
                        expr(exact("amount")).as("amount"),
                        expr(LINES_AMOUNT).as("lines_amount"),
                        col("order_lines"),
                        expr(unknown("json", KNOWN)).as("unknown_fields"),
                        col("_topic"),
                        col("_partition"),
                        col("_offset"),
                        col("_kafka_timestamp"),
                        col(Quality.REASONS),
                        when(size(col(Quality.REASONS)).gt(0), col(TEXT)).as(TEXT));
    }

    private static String unknown(String map, String isKnown) {
        String others = "map_filter(" + map + ", (name, text) -> NOT (" + isKnown + "))";
        return "if(size(" + others + ") > 0, to_json(" + others + "), CAST(NULL AS STRING))";
    }

    private static Expectation given(String field) {
        return new Expectation(field + " is missing", field + " <> ''");
    }

    /** A text as DECIMAL(18,4), rounded half up; NULL if it is not a number or too large. */
    private static String exact(String text) {
        return "if(" + text + " RLIKE '" + NUMBER + "' AND abs(try_cast(" + text + " AS DOUBLE)) < " + TOO_LARGE
                + ", try_cast(" + text + " AS DECIMAL(18,4)), CAST(NULL AS DECIMAL(18,4)))";
    }

    private static Expectation ofLines(String reason, String condition) {
        return new Expectation(
                "in a line, " + reason,
                "lines IS NULL OR forall(lines, line -> line IS NULL OR coalesce(" + condition + ", false))");
    }

    private static String unlessMissing(String field, String condition) {
        return "coalesce(" + field + ", '') = '' OR (" + condition + ")";
    }
}
