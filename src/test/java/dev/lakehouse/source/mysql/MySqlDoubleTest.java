package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The text of a DOUBLE beside the server's own. */
class MySqlDoubleTest {
    private static final int ROWS_PER_QUERY = 1000;

    /** All powers of two and of ten with their neighbours, and random numbers of all sizes. */
    private static List<Double> numbers() {
        List<Double> numbers = new ArrayList<>(List.of(0.0, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE));
        for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
            addWithNeighbours(numbers, Math.scalb(1.0, exponent));
        }
        for (int exponent = -323; exponent <= 308; exponent++) {
            addWithNeighbours(numbers, Double.parseDouble("1e" + exponent));
        }
        Random random = new Random(7);
        while (numbers.size() < 30_000) {
            double bits = Double.longBitsToDouble(random.nextLong());
            numbers.add(Double.isFinite(bits) ? bits : random.nextInt());
            numbers.add(random.nextInt(1_000_000) / 100.0);
            numbers.add((double) random.nextFloat());
            numbers.add(Double.MIN_VALUE * random.nextInt(1000));
        }
        return numbers;
    }

    private static void addWithNeighbours(List<Double> numbers, double number) {
        numbers.addAll(List.of(Math.nextDown(number), number, Math.nextUp(number)));
    }

    @Test
    void itIsWhatTheServerPrints() throws SQLException {
        List<Double> numbers = numbers();
        List<String> wrong = new ArrayList<>();
        TypeMapping mapping = TypeMapping.of(new ColumnDefinition("d", "double", "double", true, 22, 0, ""));
        String query = "SELECT " + mapping.mysqlText() + ", " + mapping.mysqlRead() + " FROM numbers ORDER BY id";
        TestLakehouse lakehouse = TestLakehouse.fresh().mysql("CREATE TABLE numbers (id INT PRIMARY KEY, d DOUBLE)");
        try (Connection connection = lakehouse.mysql().connect();
                Statement statement = connection.createStatement()) {
            for (int from = 0; from < numbers.size(); from += ROWS_PER_QUERY) {
                List<Double> some = numbers.subList(from, Math.min(numbers.size(), from + ROWS_PER_QUERY));
                int first = from;
                statement.execute("INSERT INTO numbers VALUES "
                        + IntStream.range(0, some.size())
                                .mapToObj(i -> "(" + (first + i) + ", " + literal(some.get(i)) + ")")
                                .collect(Collectors.joining(", ")));
            }
            try (ResultSet rows = statement.executeQuery(query)) {
                for (double number : numbers) {
                    assertThat(rows.next()).isTrue();
                    String text = MySqlDouble.text(number);
                    String printed = rows.getString(1);
                    String sent = new String(rows.getBytes(2), StandardCharsets.US_ASCII);
                    if (!text.equals(printed) || !text.equals(sent)) {
                        wrong.add(text + " is printed as " + printed + " and sent as " + sent);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** With an exponent, because a decimal literal has no negative zero. */
    private static String literal(double number) {
        String text = Double.toString(number);
        return text.contains("E") ? text : text + "E0";
    }

    @Test
    void sparksOwnFunctionsGiveTheSame() {
        List<Double> numbers = List.of(
                0.0,
                -0.0,
                1.0,
                -1.5,
                0.1,
                100.0,
                1e14,
                1e15,
                123456789012345.0,
                1e-14,
                1e-15,
                1.5e-15,
                1e-16,
                1000000000000000.1,
                9007199254740992.0,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                1.25e300,
                -2.5e-300,
                1234.5678);
        Dataset<Row> column = TestLakehouse.session()
                .createDataset(numbers, Encoders.DOUBLE())
                .toDF("d");

        List<Row> texts = column.select(
                        MySqlDouble.textBySparkAlone(column.col("d")), MySqlDouble.textByJava(column.col("d")))
                .collectAsList();

        assertThat(texts).allSatisfy(row -> assertThat(row.getString(0)).isEqualTo(row.getString(1)));
        assertThat(texts).extracting(row -> row.getString(1)).startsWith("0", "-0", "1", "-1.5", "0.1", "100");
    }
}
