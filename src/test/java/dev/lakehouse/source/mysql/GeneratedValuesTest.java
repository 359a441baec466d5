package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random values of each type, extremes more often than others, in the source, in the extract's files and in the Delta table. The
 * source is read by MySQL's binary protocol, which has nothing in common with the text that is copied and proven.
 */
class GeneratedValuesTest {
    private static final long SEED = 20261127;
    private static final int ROWS_PER_INSERT = 500;

    /** A value as the binary protocol gives it. */
    @FunctionalInterface
    private interface Getter {
        Object get(ResultSet row, int column) throws SQLException;
    }

    /**
     * A column of a type.
     *
     * @param literal a random value as a literal of MySQL
     * @param inSource the value in the source, in a form that can be compared
     * @param inSpark an SQL expression with the column's name as %s, whose value is equal to it
     */
    private record Generated(String type, Function<Random, String> literal, Getter inSource, String inSpark) {}

    private static final List<Generated> COLUMNS = List.of(
            whole("TINYINT", -128, 127),
            whole("SMALLINT UNSIGNED", 0, 65535),
            whole("MEDIUMINT", -8388608, 8388607),
            whole("INT UNSIGNED", 0, 4294967295L),
            whole("BIGINT", Long.MIN_VALUE, Long.MAX_VALUE),
            new Generated(
                    "BIGINT UNSIGNED",
                    random -> Long.toUnsignedString(oneOf(random, random.nextLong(), 0L, -1L, Long.MIN_VALUE)),
                    (row, i) -> row.getBigDecimal(i).toPlainString(),
                    "CAST(%s AS STRING)"),
            new Generated(
                    "DECIMAL(38,10)",
                    random -> new BigDecimal(new BigInteger(oneOf(random, 126, 1, 60), random), 10)
                            .multiply(BigDecimal.valueOf(oneOf(random, 1, -1)))
                            .toPlainString(),
                    (row, i) -> row.getBigDecimal(i).toPlainString(),
                    "CAST(%s AS STRING)"),
            new Generated(
                    "FLOAT",
                    random -> {
                        float bits = Float.intBitsToFloat(random.nextInt());
                        return exact(oneOf(
                                random,
                                Float.isFinite(bits) ? bits : 0.1f,
                                random.nextFloat(),
                                Float.MIN_VALUE,
                                -Float.MAX_VALUE,
                                -0f));
                    },
                    (row, i) -> Float.floatToIntBits(row.getFloat(i)),
                    "%s"),
            new Generated(
                    "DOUBLE",
                    random -> {
                        double bits = Double.longBitsToDouble(random.nextLong());
                        return exact(oneOf(
                                random,
                                Double.isFinite(bits) ? bits : 0.1,
                                random.nextInt() / 100.0,
                                Double.MIN_VALUE,
                                -Double.MAX_VALUE,
                                -0.0));
                    },
                    (row, i) -> Double.doubleToLongBits(row.getDouble(i)),
                    "%s"),
            new Generated(
                    "BIT(33)",
                    random -> Long.toString(random.nextLong() >>> oneOf(random, 31, 40, 63)),
                    (row, i) -> new BigInteger(1, row.getBytes(i)).toString(),
                    "CAST(%s AS STRING)"),
            new Generated(
                    "VARBINARY(20)",
                    random -> bytes(random, oneOf(random, 0, 1, 20, random.nextInt(20))),
                    (row, i) -> HexFormat.of().withUpperCase().formatHex(row.getBytes(i)),
                    "hex(%s)"),
            new Generated(
                    "BLOB",
                    random -> bytes(random, oneOf(random, 0, 1, 300)),
                    (row, i) -> HexFormat.of().withUpperCase().formatHex(row.getBytes(i)),
                    "hex(%s)"),
            new Generated(
                    "VARCHAR(20) CHARACTER SET utf8mb4",
                    random -> "_utf8mb4 X'"
                            + HexFormat.of().formatHex(text(random).getBytes(StandardCharsets.UTF_8)) + "'",
                    ResultSet::getString,
                    "%s"),
            new Generated(
                    "ENUM('a', 'Ö', '', 'it''s')",
                    random -> Integer.toString(1 + random.nextInt(4)),
                    ResultSet::getString,
                    "%s"),
            new Generated(
                    "SET('a', 'b c', '1')", random -> Integer.toString(random.nextInt(8)), ResultSet::getString, "%s"),
            new Generated(
                    "YEAR",
                    random -> Integer.toString(oneOf(random, 0, 1901, 2155, 1901 + random.nextInt(255))),
                    (row, i) -> row.getString(i).replaceFirst("-.*", "").replaceFirst("^0+(?=.)", ""),
                    "CAST(%s AS STRING)"),
            new Generated("TIME(6)", GeneratedValuesTest::time, (row, i) -> micros(row.getString(i)), "%s"),
            new Generated(
                    "DATETIME(6)",
                    random -> "'" + dateTime(random) + "'",
                    (row, i) -> row.getObject(i, LocalDateTime.class).toString(),
                    "%s"));

    private static Generated whole(String type, long least, long greatest) {
        return new Generated(
                type,
                random -> Long.toString(oneOf(random, least, greatest, 0L, bounded(random, least, greatest))),
                (row, i) -> Long.toString(row.getLong(i)),
                "CAST(%s AS STRING)");
    }

    private static long bounded(Random random, long least, long greatest) {
        return least == Long.MIN_VALUE ? random.nextLong() : least + (long) (random.nextDouble() * (greatest - least));
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** All digits of a number, with an exponent. */
    private static String exact(double number) {
        String text = Double.toString(number);
        return text.contains("E") ? text : text + "E0";
    }

    private static String bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, 0x11000)
                .filter(point -> Character.isDefined(point) && !Character.isSurrogate((char) point))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String time(Random random) {
        int hours = oneOf(random, 0, 837, random.nextInt(838));
        return String.format(
                Locale.ROOT,
                "'%s%d:%02d:%02d.%06d'",
                oneOf(random, "", "-"),
                hours,
                random.nextInt(60),
                random.nextInt(60),
                oneOf(random, 0, 1, 999_999, random.nextInt(1_000_000)));
    }

    private static Long micros(String time) {
        String[] parts = time.replace("-", "").split("[:.]", -1);
        long micros =
                ((Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1])) * 60 + Long.parseLong(parts[2])) * 1_000_000
                        + (parts.length < 4 ? 0 : Long.parseLong((parts[3] + "000000").substring(0, 6)));
        return time.startsWith("-") ? -micros : micros;
    }

    private static LocalDateTime dateTime(Random random) {
        return LocalDateTime.of(oneOf(random, 1000, 9999, 1582, 2011), 1, 1, 0, 0)
                .plusDays(random.nextInt(365))
                .plusSeconds(random.nextInt(86_400))
                .plusNanos(1000L * oneOf(random, 0, 1, 999_999, random.nextInt(1_000_000)));
    }

    @Test
    void twoThousandValuesOfEachTypeArrive() throws SQLException {
        valuesArrive(2_000);
    }

    @Test
    @Tag("heavy")
    void aHundredThousandValuesOfEachTypeArrive() throws SQLException {
        valuesArrive(100_000);
    }

    private static void valuesArrive(int rows) throws SQLException {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql("CREATE TABLE t (id INT PRIMARY KEY, "
                        + IntStream.range(0, COLUMNS.size())
                                .mapToObj(i -> "c" + i + " " + COLUMNS.get(i).type())
                                .collect(Collectors.joining(", "))
                        + ") CHARACTER SET utf8mb4");
        Random random = new Random(SEED);
        for (int from = 0; from < rows; from += ROWS_PER_INSERT) {
            lakehouse.mysql("INSERT INTO t VALUES "
                    + IntStream.range(from, Math.min(rows, from + ROWS_PER_INSERT))
                            .mapToObj(id -> "(" + id + ", "
                                    + COLUMNS.stream()
                                            .map(column -> random.nextInt(20) == 0
                                                    ? "NULL"
                                                    : column.literal().apply(random))
                                            .collect(Collectors.joining(", "))
                                    + ")")
                            .collect(Collectors.joining(", ")));
        }

        lakehouse.extract("t", "--range-rows=7000");
        lakehouse.load("t");

        Dataset<Row> parquet = TestLakehouse.session().read().parquet(lakehouse.landing("t", "extract=000001"));
        assertThat(differences(lakehouse, parquet)).as("in the files").isEmpty();
        assertThat(differences(lakehouse, TestLakehouse.session().table("lake.t")))
                .as("in Delta")
                .isEmpty();
    }

    private static List<String> differences(TestLakehouse lakehouse, Dataset<Row> copy) throws SQLException {
        List<String> differences = new ArrayList<>();
        String[] expressions = IntStream.range(0, COLUMNS.size())
                .mapToObj(i -> COLUMNS.get(i).inSpark().formatted("c" + i))
                .toArray(String[]::new);
        Iterator<Row> rows = copy.orderBy("id").selectExpr(expressions).toLocalIterator();
        String url = lakehouse.mysql().url() + (lakehouse.mysql().url().contains("?") ? "&" : "?")
                + "useServerPrepStmts=true&allowPublicKeyRetrieval=true&yearIsDateType=false&useCursorFetch=true";
        try (Connection connection = DriverManager.getConnection(
                        url,
                        lakehouse.mysql().user(),
                        lakehouse.mysql().password().resolve());
                PreparedStatement query = connection.prepareStatement("SELECT * FROM t ORDER BY id");
                ResultSet source = query.executeQuery()) {
            while (source.next()) {
                Row row = rows.next();
                for (int i = 0; i < COLUMNS.size(); i++) {
                    source.getBytes(i + 2);
                    Object expected =
                            source.wasNull() ? null : COLUMNS.get(i).inSource().get(source, i + 2);
                    Object found = comparable(row.get(i));
                    if (!String.valueOf(expected).equals(String.valueOf(found))) {
                        differences.add(COLUMNS.get(i).type() + " of row " + source.getInt(1) + ": " + expected + " is "
                                + found);
                    }
                }
            }
        }
        assertThat(rows.hasNext()).isFalse();
        return differences;
    }

    private static Object comparable(Object value) {
        if (value instanceof Double number) {
            return Double.doubleToLongBits(number);
        }
        return value instanceof Float number ? (Object) Float.floatToIntBits(number) : value;
    }
}
