package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.KernelTable;
import dev.lakehouse.testing.SourceValues;
import dev.lakehouse.testing.TestLakehouse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Random values of each type, extremes more often than others, in the source, in the extract's files and in the Delta table. The
 * source is read by MySQL's binary protocol, and the Delta table by Delta Kernel: neither has anything in common with what copies
 * and proves.
 */
class GeneratedValuesTest {
    private static final long SEED = 20261127;
    private static final int ROWS_PER_INSERT = 500;

    /**
     * A column of a type.
     *
     * @param literal a random value as a literal of MySQL
     */
    private record Generated(String type, Function<Random, String> literal) {}

    private static final List<Generated> EVERYWHERE = List.of(
            whole("TINYINT", -128, 127),
            whole("SMALLINT UNSIGNED", 0, 65535),
            whole("MEDIUMINT", -8388608, 8388607),
            whole("INT UNSIGNED", 0, 4294967295L),
            whole("BIGINT", Long.MIN_VALUE, Long.MAX_VALUE),
            new Generated(
                    "BIGINT UNSIGNED",
                    random -> Long.toUnsignedString(oneOf(random, random.nextLong(), 0L, -1L, Long.MIN_VALUE))),
            new Generated(
                    "DECIMAL(38,10)", random -> new BigDecimal(new BigInteger(oneOf(random, 126, 1, 60), random), 10)
                            .multiply(BigDecimal.valueOf(oneOf(random, 1, -1)))
                            .toPlainString()),
            new Generated(
                    "DECIMAL(65,30)",
                    random -> new BigDecimal(new BigInteger(oneOf(random, 210, 1, 90), random), 30).toPlainString()),
            new Generated("FLOAT", random -> {
                float bits = Float.intBitsToFloat(random.nextInt());
                return exact(oneOf(
                        random,
                        Float.isFinite(bits) ? bits : 0.1f,
                        random.nextFloat(),
                        Float.MIN_VALUE,
                        -Float.MAX_VALUE,
                        -0f));
            }),
            new Generated("DOUBLE", random -> {
                double bits = Double.longBitsToDouble(random.nextLong());
                return exact(oneOf(
                        random,
                        Double.isFinite(bits) ? bits : 0.1,
                        random.nextInt() / 100.0,
                        Double.MIN_VALUE,
                        -Double.MAX_VALUE,
                        -0.0));
            }),
            new Generated("BIT(1)", random -> "b'" + random.nextInt(2) + "'"),
            new Generated("BIT(33)", random -> Long.toString(random.nextLong() >>> oneOf(random, 31, 40, 63))),
            new Generated("BIT(64)", random -> Long.toUnsignedString(oneOf(random, random.nextLong(), -1L, 1L))),
            new Generated("BINARY(4)", random -> bytes(random, oneOf(random, 4, 1, 0))),
            new Generated("VARBINARY(20)", random -> bytes(random, oneOf(random, 0, 1, 20, random.nextInt(20)))),
            new Generated("BLOB", random -> bytes(random, oneOf(random, 0, 1, 300))),
            new Generated("VARCHAR(20) CHARACTER SET utf8mb4", random -> text(random, 0x11000)),
            new Generated("TEXT CHARACTER SET utf16", random -> text(random, 0x11000)),
            new Generated("CHAR(20) CHARACTER SET latin1", random -> text(random, 0x7f)),
            new Generated("ENUM('a', 'Ö', '', 'it\'\'s')", random -> Integer.toString(1 + random.nextInt(4))),
            new Generated("SET('a', 'b c', '1')", random -> Integer.toString(random.nextInt(8))),
            new Generated("JSON", GeneratedValuesTest::json),
            new Generated("GEOMETRY", GeneratedValuesTest::geometry),
            new Generated("YEAR", random -> Integer.toString(oneOf(random, 0, 1901, 2155, 1901 + random.nextInt(255)))),
            new Generated("TIME(6)", GeneratedValuesTest::time),
            new Generated("DATE", random -> "'" + dateTime(random).toLocalDate() + "'"),
            new Generated("DATETIME(6)", random -> "'" + dateTime(random) + "'"),
            new Generated(
                    "TIMESTAMP(6) NULL",
                    random -> "FROM_UNIXTIME(" + (1 + random.nextInt(Integer.MAX_VALUE - 1)) + "."
                            + String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000)) + ")"));

    private static final Generated VECTOR = new Generated(
            "VECTOR(2)",
            random -> "TO_VECTOR('[" + random.nextFloat() + ", " + oneOf(random, -0f, 3.4e38f, random.nextFloat())
                    + "]')");
    private static final Generated UUID = new Generated("UUID", random -> "UUID()");

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private List<Generated> columns() {
        String version = lakehouse.mysqlRow("SELECT VERSION()");
        List<Generated> columns = new ArrayList<>(EVERYWHERE);
        if (version.contains("MariaDB")) {
            columns.add(UUID);
        } else if (version.compareTo("9") > 0) {
            columns.add(VECTOR);
        }
        return columns;
    }

    private static Generated whole(String type, long least, long greatest) {
        return new Generated(
                type, random -> Long.toString(oneOf(random, least, greatest, 0L, bounded(random, least, greatest))));
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

    private static String text(Random random, int limit) {
        String text = characters(random, limit);
        return "CONVERT(_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
                + "' USING utf8mb4)";
    }

    private static String characters(Random random, int limit) {
        return random.ints(random.nextInt(20), ' ', limit)
                .filter(point -> Character.isDefined(point) && !Character.isSurrogate((char) point))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String json(Random random) {
        String text =
                characters(random, 0x11000).replaceAll("[\\p{Cntrl}\"\\\\]", "").replace("'", "''");
        return "'"
                + oneOf(random, "{\"b\": [" + random.nextInt() + ", null], \"a\": \"%s\"}", "\"%s\"", "[]", "1.5")
                        .replace("%s", text)
                + "'";
    }

    private static String geometry(Random random) {
        String point = (random.nextInt(180) - 90) + " " + random.nextFloat();
        return "ST_GeomFromText('" + oneOf(random, "POINT(" + point + ")", "LINESTRING(" + point + ", 1 1)") + "', "
                + oneOf(random, 0, 4326) + ")";
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

    private static LocalDateTime dateTime(Random random) {
        return LocalDateTime.of(oneOf(random, 1000, 9999, 1582, 2011), 1, 1, 0, 0)
                .plusDays(random.nextInt(365))
                .plusSeconds(random.nextInt(86_400))
                .plusNanos(1000L * oneOf(random, 0, 1, 999_999, random.nextInt(1_000_000)));
    }

    @Test
    void twoThousandValuesOfEachTypeArrive() throws Exception {
        valuesArrive(2_000);
    }

    @Test
    @Tag("heavy")
    void aHundredThousandValuesOfEachTypeArrive() throws Exception {
        valuesArrive(100_000);
    }

    private void valuesArrive(int rows) throws Exception {
        List<Generated> types = columns();
        lakehouse.mysql("CREATE TABLE t (id INT PRIMARY KEY, "
                + IntStream.range(0, types.size())
                        .mapToObj(i -> "c" + i + " " + types.get(i).type())
                        .collect(Collectors.joining(", "))
                + ") CHARACTER SET utf8mb4");
        Random random = new Random(SEED);
        for (int from = 0; from < rows; from += ROWS_PER_INSERT) {
            lakehouse.mysql("INSERT INTO t VALUES "
                    + IntStream.range(from, Math.min(rows, from + ROWS_PER_INSERT))
                            .mapToObj(id -> "(" + id + ", "
                                    + types.stream()
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
        assertThat(differences(inSpark(parquet, types.size())))
                .as("in the files")
                .isEmpty();
        assertThat(differences(KernelTable.rows(
                        lakehouse.warehouse() + "/lake/t", SourceValues.columns(lakehouse.mysql(), "t"))))
                .as("in Delta")
                .isEmpty();
    }

    /** Rows as {@link SourceValues} has them. */
    private static List<List<String>> inSpark(Dataset<Row> rows, int columns) {
        String[] names = Stream.concat(
                        Stream.of("id"), IntStream.range(0, columns).mapToObj(i -> "c" + i))
                .map(name -> switch (rows.schema().apply(name).dataType().sql()) {
                    case "DATE" -> "CAST(" + name + " AS STRING)";
                    case "TIMESTAMP" -> "CAST(" + name + " AS TIMESTAMP_NTZ)";
                    case "BINARY" -> "hex(" + name + ")";
                    default -> name;
                })
                .toArray(String[]::new);
        return rows.selectExpr(names).collectAsList().stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(i -> text(row.get(i)))
                        .toList())
                .toList();
    }

    private static String text(Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Double number) {
            return Long.toString(Double.doubleToLongBits(number));
        } else if (value instanceof Float number) {
            return Integer.toString(Float.floatToIntBits(number));
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value instanceof Seq<?> numbers) {
            return CollectionConverters.asJava(numbers).stream()
                    .map(GeneratedValuesTest::text)
                    .toList()
                    .toString();
        }
        return value.toString();
    }

    private List<String> differences(List<List<String>> copy) throws SQLException {
        Map<String, List<String>> copied = copy.stream().collect(Collectors.toMap(row -> row.get(0), row -> row));
        List<String> differences = new ArrayList<>();
        for (List<String> row : SourceValues.rows(lakehouse.mysql(), "t")) {
            List<String> found = copied.remove(row.get(0));
            for (int i = 0; i < row.size(); i++) {
                if (found == null || !Objects.equals(row.get(i), found.get(i))) {
                    differences.add("c" + (i - 1) + " of row " + row.get(0) + ": " + row.get(i) + " is "
                            + (found == null ? "missing" : found.get(i)));
                }
            }
        }
        assertThat(copied).isEmpty();
        return differences;
    }
}
