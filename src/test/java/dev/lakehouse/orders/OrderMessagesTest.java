package dev.lakehouse.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Quality;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderMessagesTest {
    private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final String LINES = "[{\"product_id\":\"p1\",\"volume\":2,\"price\":3.5}]";

    private static final StructType MESSAGE = new StructType()
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("timestampType", DataTypes.IntegerType);

    @Test
    void aMessageBecomesAnOrderWithItsPlaceInKafka() {
        Row order = only(message("{\"order_id\":\"" + ID.toUpperCase(java.util.Locale.ROOT)
                + "\",\"customer_id\":\" c1 \",\"order_lines\":[{\"product_id\":\"p1\",\"volume\":2,\"price\":3.5},"
                + "{\"product_id\":\"p2\",\"volume\":\"0.25\",\"price\":4,\"unit\":\"kg\"}],\"amount\":8.00,"
                + "\"timestamp\":\"2026-01-31T06:00:00.5+02:00\",\"channel\":\"web\",\"tags\":[1,\"a\"]}"));

        assertThat(order.getList(order.fieldIndex(Quality.REASONS))).isEmpty();
        assertThat(order.mkString("|"))
                .startsWith(ID + "|c1|2026-01-31T04:00:00.5|8.0000|8.00000000|".replace("T", " "));
        assertThat(order.<Object>getAs("timestamp").toString()).isNotNull();
        assertThat(order.<String>getAs("unknown_fields")).isEqualTo("{\"channel\":\"web\",\"tags\":\"[1,\\\"a\\\"]\"}");
        assertThat(order.getList(order.fieldIndex("order_lines")).stream().map(Object::toString))
                .containsExactly("[p1,2.0000,3.5000,null]", "[p2,0.2500,4.0000,{\"unit\":\"kg\"}]");
        assertThat(order.<String>getAs("_topic")).isEqualTo("orders");
        assertThat(order.<Integer>getAs("_partition")).isEqualTo(2);
        assertThat(order.<Long>getAs("_offset")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T06:00:00, 2026-01-31 06:00:00",
        "2026-01-31 06:00:00, 2026-01-31 06:00:00",
        "2026-01-31T06:00, 2026-01-31 06:00:00",
        "2026-01-31T06:00:00Z, 2026-01-31 06:00:00",
        "2026-01-31T06:00Z, 2026-01-31 06:00:00",
        "2026-01-31T06:00+02:00, 2026-01-31 04:00:00",
        "2026-01-31 06:00+0200, 2026-01-31 04:00:00",
        "2026-01-31T06:00:00z, 2026-01-31 06:00:00",
        "2026-01-31T06:00:00+02:00, 2026-01-31 04:00:00",
        "2026-01-31T06:00:00+0200, 2026-01-31 04:00:00",
        "2026-01-31T06:00:00-05, 2026-01-31 11:00:00",
        "2026-01-31T06:00:00.123456789Z, 2026-01-31 06:00:00.123456",
        "2026-01-31T23:30:00-02:00, 2026-02-01 01:30:00"
    })
    void aTimestampHasAnOffsetOrIsUtc(String written, String utc) {
        assertThat(only(message(order("timestamp", "\"" + written + "\""))).mkString("|"))
                .contains("|" + utc + "|");
    }

    static Stream<List<String>> refused() {
        return Stream.of(
                List.of("", "not a JSON object"),
                List.of("nonsense", "not a JSON object"),
                List.of("[]", "not a JSON object"),
                List.of("[" + order("channel", "1") + "]", "not a JSON object"),
                List.of(order("channel", "1") + order("channel", "1"), "not a JSON object"),
                List.of(order("channel", "1").replaceFirst("}$", ""), "not a JSON object"),
                List.of("null", "not a JSON object"),
                List.of("17", "not a JSON object"),
                List.of(order("amount", "7.00,\"amount\":700.00"), "amount is there twice"),
                List.of(
                        order("order_lines", "[{\"product_id\":\"p\",\"volume\":1,\"price\":1,\"price\":2}]"),
                        "order_lines[].price is there twice"),
                List.of(order("channel", "{\"a\":{\"b\":1,\"b\":1}}"), "channel.a.b is there twice"),
                List.of(order("customer_id", "\"c\\uDC00\""), "customer_id holds a lone surrogate"),
                List.of(order("channel", "NaN"), "channel is not a number"),
                List.of(order("channel", "-Infinity"), "channel is not a number"),
                List.of(order("channel", "1e99999999999"), "channel is a number beyond any type"),
                List.of(order("order_id", "null"), "order_id is missing"),
                List.of(order("order_id", "\"17\""), "order_id is not a UUID"),
                List.of(order("customer_id", "\" \""), "customer_id is missing"),
                List.of(order("customer_id", "{\"id\":7}"), "customer_id is not a text"),
                List.of(order("customer_id", "[7]"), "customer_id is not a text"),
                List.of(order("amount", "null"), "amount is missing"),
                List.of(order("amount", "\"much\""), "amount is not a number below 100000000000"),
                List.of(order("amount", "\"NaN\""), "amount is not a number below 100000000000"),
                List.of(order("amount", "\"1e-999999999\""), "amount is not a number below 100000000000"),
                List.of(order("amount", "\"1e2147483647\""), "amount is not a number below 100000000000"),
                List.of(order("amount", "100000000000"), "amount is not a number below 100000000000"),
                List.of(order("amount", "\"\u0661\u0662\""), "amount is not a number below 100000000000"),
                List.of(order("channel", "1") + "]junk", "not a JSON object"),
                List.of(order("order_id", "\"" + ID + "\\n\""), "order_id is not a UUID"),
                List.of(order("timestamp", "\"0000-01-01T00:00:00Z\""), "timestamp is not an ISO date and time"),
                List.of(order("timestamp", "\"2026-01-31T24:00:00Z\""), "timestamp is not an ISO date and time"),
                List.of(order("timestamp", "\"2026-01-31T06:00:60Z\""), "timestamp is not an ISO date and time"),
                List.of(
                        order("order_lines", "[{\"product_id\":{},\"volume\":1,\"price\":1}]"),
                        "in a line, product_id is not a text"),
                List.of(order("amount", "1e30"), "amount is not a number below 100000000000"),
                List.of(order("timestamp", "null"), "timestamp is missing"),
                List.of(order("timestamp", "2026"), "timestamp is not an ISO date and time"),
                List.of(order("timestamp", "1769839200"), "timestamp is not an ISO date and time"),
                List.of(order("timestamp", "\"2026-02-30T00:00:00Z\""), "timestamp is not an ISO date and time"),
                List.of(order("timestamp", "\"31.01.2026 06:00\""), "timestamp is not an ISO date and time"),
                List.of(order("order_lines", "null"), "order_lines is missing"),
                List.of(order("order_lines", "\"two\""), "order_lines is not an array of objects"),
                List.of(order("order_lines", "[1]"), "order_lines is not an array of objects"),
                List.of(order("order_lines", "[{\"volume\":1,\"price\":1}]"), "in a line, product_id is missing"),
                List.of(
                        order("order_lines", "[{\"product_id\":\"p\",\"volume\":\"x\",\"price\":1}]"),
                        "in a line, volume is not a number below 100000000000"),
                List.of(
                        order("order_lines", "[{\"product_id\":\"p\",\"volume\":1}]"),
                        "in a line, price is not a number below 100000000000"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aMessageThatIsNoOrderIsRefusedWithItsReasonAndItsText(List<String> messageAndReason) {
        Row refused = only(message(messageAndReason.get(0)));

        assertThat(refused.<String>getList(refused.fieldIndex(Quality.REASONS)))
                .containsExactly(messageAndReason.get(1));
        assertThat(refused.<String>getAs("_text")).isEqualTo(messageAndReason.get(0));
    }

    @Test
    void allReasonsAreKeptAndWhatHasNoValueOrIsNoTextIsToldSo() {
        List<Row> refused = validated(
                message("{\"order_id\":\"x\",\"amount\":\"y\"}"),
                null,
                order("customer_id", "\"M\u00fcller\"").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused.stream().map(row -> row.<String>getList(row.fieldIndex(Quality.REASONS))))
                .containsExactly(
                        List.of(
                                "order_id is not a UUID",
                                "customer_id is missing",
                                "amount is not a number below 100000000000",
                                "timestamp is missing",
                                "order_lines is missing"),
                        List.of("the message has no value"),
                        List.of("not UTF-8 text"));
        assertThat(refused.get(1).<String>getAs("_text")).isNull();
        assertThat(refused.get(2).<String>getAs("_text")).contains("M\u00fcller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order_line", "order_lines"})
    void linesComeUnderEitherName(String name) {
        Row order = only(message(order("channel", "1").replace("order_lines", name)));

        assertThat(order.getList(order.fieldIndex("order_lines"))).hasSize(1);
        assertThat(order.<String>getAs("unknown_fields")).isEqualTo("{\"channel\":\"1\"}");
    }

    @Test
    void anOrderWithoutLinesAndOneWithFiguresBeyondCountingAreOrders() {
        Row none = only(message(order("order_lines", "[]")));
        String huge = "{\"product_id\":\"p\",\"volume\":99999999999.9999,\"price\":99999999999.9999}";
        Row much = only(
                message(order("order_lines", "[" + String.join(",", java.util.Collections.nCopies(20, huge)) + "]")));

        assertThat(none.getList(none.fieldIndex(Quality.REASONS))).isEmpty();
        assertThat(none.getDecimal(none.fieldIndex("lines_amount"))).isZero();
        assertThat(much.getList(much.fieldIndex(Quality.REASONS))).isEmpty();
        assertThat(much.getDecimal(much.fieldIndex("lines_amount"))).isPositive();
    }

    @Test
    void numbersAreExactToFourDecimalsHoweverProducersCompute() {
        Row noisy = only(message(order("amount", "153.29999999999998")));
        Row large = only(message(order("amount", "99999999999.9999")));
        Row small = only(message(order("amount", "-1.5e-3")));

        assertThat(noisy.getDecimal(noisy.fieldIndex("amount"))).isEqualByComparingTo("153.3");
        assertThat(large.getDecimal(large.fieldIndex("amount"))).isEqualByComparingTo("99999999999.9999");
        assertThat(small.getDecimal(small.fieldIndex("amount"))).isEqualByComparingTo("-0.0015");
    }

    @Test
    void ofTwoNamesForTheLinesTheOtherIsKept() {
        Row order = only(message(order("order_line", "[]")));

        assertThat(order.getList(order.fieldIndex("order_lines"))).hasSize(1);
        assertThat(order.<String>getAs("unknown_fields")).isEqualTo("{\"order_line\":\"[]\"}");
    }

    /** An order of which one field is another one, or one more. */
    private static String order(String field, String value) {
        List<String> fields = new ArrayList<>();
        boolean[] replaced = {false};
        Stream.of(
                        List.of("order_id", "\"" + ID + "\""),
                        List.of("customer_id", "\"c1\""),
                        List.of("order_lines", LINES),
                        List.of("amount", "7.00"),
                        List.of("timestamp", "\"2026-01-31T06:00:00Z\""))
                .forEach(known -> {
                    boolean isIt = known.get(0).equals(field);
                    replaced[0] |= isIt;
                    fields.add("\"" + known.get(0) + "\":" + (isIt ? value : known.get(1)));
                });
        if (!replaced[0]) {
            fields.add("\"" + field + "\":" + value);
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static byte[] message(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Row only(byte[] value) {
        return validated(value).get(0);
    }

    private static List<Row> validated(byte[]... values) {
        return OrderMessages.validated(messages(2, 0, values))
                .withColumn(
                        "timestamp",
                        org.apache.spark.sql.functions.col("timestamp").cast("STRING"))
                .orderBy("_offset")
                .collectAsList();
    }

    /** Messages as Spark's Kafka source gives them, from an offset on. */
    static Dataset<Row> messages(int partition, long first, byte[]... values) {
        List<Row> rows = new ArrayList<>();
        for (byte[] value : values) {
            rows.add(RowFactory.create(
                    null, value, "orders", partition, first + rows.size(), java.sql.Timestamp.from(Instant.EPOCH), 0));
        }
        return TestLakehouse.session().createDataFrame(rows, MESSAGE);
    }
}
