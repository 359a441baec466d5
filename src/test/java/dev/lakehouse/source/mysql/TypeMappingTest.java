package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every type from MySQL to Spark, under the hostile time zone and locale of the tests' JVM: its Spark type, its value,
 * and the checksum vectors, computed by MySQL, by Spark and by plain Java.
 */
class TypeMappingTest {
    private final List<Case> cases = new ArrayList<>();

    /** A MySQL type, a literal, and what becomes of it; text is null for NULL. */
    private record Case(String type, String literal, String sparkType, String text) {}

    private void roundTrip(String type, String literal, String sparkType, String text) {
        cases.add(new Case(type, literal, sparkType, text));
    }

    @Test
    void integersKeepTheirExtremes() throws Exception {
        roundTrip("TINYINT", "-128", "TINYINT", "-128");
        roundTrip("TINYINT", "127", "TINYINT", "127");
        roundTrip("TINYINT(1)", "1", "TINYINT", "1");
        roundTrip("TINYINT(1)", "-7", "TINYINT", "-7");
        roundTrip("TINYINT UNSIGNED", "255", "SMALLINT", "255");
        roundTrip("SMALLINT", "-32768", "SMALLINT", "-32768");
        roundTrip("SMALLINT", "32767", "SMALLINT", "32767");
        roundTrip("SMALLINT UNSIGNED", "65535", "INT", "65535");
        roundTrip("MEDIUMINT", "-8388608", "INT", "-8388608");
        roundTrip("MEDIUMINT", "8388607", "INT", "8388607");
        roundTrip("MEDIUMINT UNSIGNED", "16777215", "INT", "16777215");
        roundTrip("INT", "-2147483648", "INT", "-2147483648");
        roundTrip("INT", "2147483647", "INT", "2147483647");
        roundTrip("INT UNSIGNED", "4294967295", "BIGINT", "4294967295");
        roundTrip("BIGINT", "-9223372036854775808", "BIGINT", "-9223372036854775808");
        roundTrip("BIGINT", "9223372036854775807", "BIGINT", "9223372036854775807");
        roundTrip("BIGINT UNSIGNED", "18446744073709551615", "DECIMAL(20,0)", "18446744073709551615");
        roundTrip("BIGINT UNSIGNED", "0", "DECIMAL(20,0)", "0");
        roundTrip("INT(8) ZEROFILL", "42", "BIGINT", "42");
        roundTrip("BIGINT UNSIGNED ZEROFILL", "7", "DECIMAL(20,0)", "7");
        roundTrip("TINYINT ZEROFILL", "0", "SMALLINT", "0");
        roundTrip("INT", "NULL", "INT", null);
        check();
    }

    @Test
    void decimalsKeepAllTheirDigits() throws Exception {
        roundTrip("DECIMAL(5,2)", "-999.99", "DECIMAL(5,2)", "-999.99");
        roundTrip("DECIMAL(5,2)", "0.1", "DECIMAL(5,2)", "0.10");
        roundTrip("DECIMAL(5,2)", "-0.001", "DECIMAL(5,2)", "0.00");
        roundTrip("DECIMAL(9,0)", "-999999999", "DECIMAL(9,0)", "-999999999");
        roundTrip("DECIMAL(10,2)", "-99999999.99", "DECIMAL(10,2)", "-99999999.99");
        roundTrip("DECIMAL(18,18)", "-0.999999999999999999", "DECIMAL(18,18)", "-0.999999999999999999");
        roundTrip("DECIMAL(19,0)", "-9999999999999999999", "DECIMAL(19,0)", "-9999999999999999999");
        roundTrip("DECIMAL(20,10)", "0.0000000001", "DECIMAL(20,10)", "0.0000000001");
        roundTrip(
                "DECIMAL(38,0)",
                "99999999999999999999999999999999999999",
                "DECIMAL(38,0)",
                "99999999999999999999999999999999999999");
        roundTrip(
                "DECIMAL(38,18)",
                "-12345678901234567890.123456789012345678",
                "DECIMAL(38,18)",
                "-12345678901234567890.123456789012345678");
        roundTrip(
                "DECIMAL(65,30)",
                "12345678901234567890123456789012345.123456789012345678901234567890",
                "STRING",
                "12345678901234567890123456789012345.123456789012345678901234567890");
        roundTrip("DECIMAL(6,2) UNSIGNED ZEROFILL", "7.5", "DECIMAL(6,2)", "7.50");
        roundTrip("DECIMAL(5,2)", "NULL", "DECIMAL(5,2)", null);
        check();
    }

    @Test
    void textIsKeptToTheLastByte() throws Exception {
        roundTrip("VARCHAR(20)", "''", "STRING", "");
        roundTrip("VARCHAR(20)", "NULL", "STRING", null);
        roundTrip("VARCHAR(20)", "'N'", "STRING", "N");
        roundTrip("VARCHAR(20)", "'3:abc'", "STRING", "3:abc");
        roundTrip("VARCHAR(20)", "'  blanks  '", "STRING", "  blanks  ");
        roundTrip("VARCHAR(20)", "'a\\tb\\nc\\r\\\\d''e\"'", "STRING", "a\tb\nc\r\\d'e\"");
        roundTrip("VARCHAR(20)", "'smile 😀 İıß'", "STRING", "smile 😀 İıß");
        roundTrip("CHAR(10)", "'abc'", "STRING", "abc");
        roundTrip("VARCHAR(20) CHARACTER SET latin1", "'é'", "STRING", "é");
        roundTrip("VARCHAR(20) CHARACTER SET gbk", "'中文?'", "STRING", "中文?");
        roundTrip("VARCHAR(20) CHARACTER SET utf16", "'ä😀'", "STRING", "ä😀");
        roundTrip("CHAR(9) CHARACTER SET ucs2", "'ä'", "STRING", "ä");
        roundTrip("TEXT CHARACTER SET sjis", "'日本'", "STRING", "日本");
        roundTrip("VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "'Ä'", "STRING", "Ä");
        roundTrip("VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_turkish_ci", "'İ'", "STRING", "İ");
        roundTrip("TINYTEXT", "'tiny'", "STRING", "tiny");
        roundTrip("TEXT", "REPEAT('x', 60000)", "STRING", "x".repeat(60000));
        roundTrip("MEDIUMTEXT", "'medium'", "STRING", "medium");
        roundTrip("LONGTEXT", "REPEAT('ä', 100000)", "STRING", "ä".repeat(100000));
        check();
    }

    @Test
    void datesAndTimesDoNotDependOnTheTimeZoneOfTheJvm() throws Exception {
        roundTrip("DATE", "'1000-01-01'", "DATE", "1000-01-01");
        roundTrip("DATE", "'1582-10-10'", "DATE", "1582-10-10");
        roundTrip("DATE", "'2011-10-16'", "DATE", "2011-10-16");
        roundTrip("DATE", "'9999-12-31'", "DATE", "9999-12-31");
        roundTrip("DATE", "NULL", "DATE", null);
        roundTrip("DATETIME", "'1000-01-01 00:00:00'", "TIMESTAMP_NTZ", "1000-01-01 00:00:00.000000");
        // An hour that the JVM's zone skipped.
        roundTrip("DATETIME", "'2011-10-16 00:30:00'", "TIMESTAMP_NTZ", "2011-10-16 00:30:00.000000");
        roundTrip("DATETIME(1)", "'2025-02-28 23:59:59.9'", "TIMESTAMP_NTZ", "2025-02-28 23:59:59.900000");
        roundTrip("DATETIME(2)", "'2025-02-28 23:59:59.09'", "TIMESTAMP_NTZ", "2025-02-28 23:59:59.090000");
        roundTrip("DATETIME(4)", "'2025-02-28 23:59:59.0009'", "TIMESTAMP_NTZ", "2025-02-28 23:59:59.000900");
        roundTrip("DATETIME(5)", "'2025-02-28 23:59:59.00009'", "TIMESTAMP_NTZ", "2025-02-28 23:59:59.000090");
        roundTrip("DATETIME(3)", "'2025-02-28 23:59:59.999'", "TIMESTAMP_NTZ", "2025-02-28 23:59:59.999000");
        roundTrip("DATETIME(6)", "'9999-12-31 23:59:59.999999'", "TIMESTAMP_NTZ", "9999-12-31 23:59:59.999999");
        roundTrip("TIMESTAMP NULL", "'1970-01-01 00:00:01'", "TIMESTAMP", "1970-01-01 00:00:01.000000");
        roundTrip("TIMESTAMP NULL", "'2011-10-16 00:30:00'", "TIMESTAMP", "2011-10-16 00:30:00.000000");
        roundTrip("TIMESTAMP(6) NULL", "'2037-12-31 23:59:59.000001'", "TIMESTAMP", "2037-12-31 23:59:59.000001");
        roundTrip("TIMESTAMP NULL", "NULL", "TIMESTAMP", null);
        check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FLOAT", "DOUBLE", "BIT(3)", "YEAR", "TIME", "BLOB", "ENUM('a')", "SET('a')", "VARBINARY(3)"})
    void aTypeThatIsNotProvenIsRefusedByName(String type) {
        TestLakehouse lakehouse =
                TestLakehouse.fresh().mysql("CREATE TABLE odd (id INT PRIMARY KEY, mood " + type + ")");

        assertThatThrownBy(() -> lakehouse.extract("odd"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("`mood`")
                .hasMessageContaining(type.toLowerCase(Locale.ROOT).replaceAll("[(].*", ""))
                .hasMessageContaining("not supported");
    }

    @Test
    void columnsThatAreNotProvenAreNamedTogetherAndCanBeLeftOut() {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql(
                        "CREATE TABLE odd (id INT PRIMARY KEY, mood ENUM('a', 'b'), name VARCHAR(9), `is new` BIT(1))",
                        "INSERT INTO odd VALUES (1, 'a', 'hat', b'1')");

        assertThatThrownBy(() -> lakehouse.extract("odd"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("`mood` enum('a','b'), `is new` bit(1).")
                .hasMessageContaining("--without=mood,is new ");
        lakehouse.extract("odd", "--without=mood,is new");
        lakehouse.load("odd");

        assertThat(lakehouse.query("SELECT id, name FROM lake.odd")).containsExactly("1|hat");
        assertThat(lakehouse.reconcile("odd", "lake.odd")).contains("source = Delta");
    }

    @Test
    void aColumnOfTheKeyAndAnUnknownOneCannotBeLeftOut() {
        TestLakehouse lakehouse = TestLakehouse.fresh().mysql("CREATE TABLE odd (id INT PRIMARY KEY, name VARCHAR(9))");

        assertThatThrownBy(() -> lakehouse.extract("odd", "--without=ID")).hasMessageContaining("part of the key");
        assertThatThrownBy(() -> lakehouse.extract("odd", "--without=nmae")).hasMessageContaining("no such column");
    }

    @Test
    void aViewIsCalledAView() {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql("CREATE TABLE odd (id INT PRIMARY KEY)", "CREATE VIEW seen AS SELECT id FROM odd");

        assertThatThrownBy(() -> lakehouse.extract("seen"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is a view.")
                .hasMessageContaining("Extract the table that the view reads");
    }

    /** One row with a column for each case. */
    private void check() throws Exception {
        List<String> columns = new ArrayList<>(List.of("id INT PRIMARY KEY"));
        List<String> values = new ArrayList<>(List.of("1"));
        for (int i = 0; i < cases.size(); i++) {
            columns.add("c" + i + " " + cases.get(i).type());
            values.add(cases.get(i).literal());
        }
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql(
                        "SET time_zone = '+00:00'",
                        "CREATE TABLE types (" + String.join(", ", columns) + ") CHARACTER SET utf8mb4",
                        "INSERT INTO types VALUES (" + String.join(", ", values) + ")");
        try (Connection connection = lakehouse.mysql().connect()) {
            SourceTable table = SourceTable.describe(lakehouse.mysql(), connection, "types", List.of());
            RowFormat format = RowFormat.of("types", table.columns());
            KeyRanges ranges = KeyRanges.cut(connection, table, 10);
            assertThat(checksumAsRead(connection, table, format))
                    .as("the checksum of the row as it is read")
                    .isEqualTo(checksum(cases));
            lakehouse.extract("types");
            Dataset<Row> rows = TestLakehouse.session()
                    .read()
                    .schema(format.fileSchema())
                    .parquet(lakehouse.landing("types", "extract=000001"));

            Column[] texts = IntStream.range(0, cases.size())
                    .mapToObj(i -> TypeMapping.of(table.columns().get(i + 1))
                            .sparkText()
                            .apply(rows.col("c" + i))
                            .as("c" + i))
                    .toArray(Column[]::new);
            Row row = rows.select(with(texts, rows.col(RowFormat.CHECKSUM))).head();
            for (int i = 0; i < cases.size(); i++) {
                Case expected = cases.get(i);
                assertThat(rows.schema().apply("c" + i).dataType().sql())
                        .as(expected.type())
                        .isEqualTo(expected.sparkType());
                assertThat(row.<String>getAs("c" + i))
                        .as(expected.type() + " " + expected.literal())
                        .isEqualTo(expected.text());
            }

            long expected = checksum(cases);
            Row sums = rows.select(format.checksum(TestLakehouse.session()), format.checksumBySparkAlone())
                    .head();
            assertThat(List.of(sums.getLong(0), sums.getLong(1)))
                    .as("the checksum of the file's values by our function and by Spark's")
                    .containsOnly(expected);
            assertThat(row.<Long>getAs(RowFormat.CHECKSUM))
                    .as("the checksum in the file")
                    .isEqualTo(expected);
            try (Snapshot snapshot = Snapshot.open(lakehouse.mysql(), table, format)) {
                assertThat(snapshot.sums(ranges).get(0).checksum().longValueExact())
                        .as("MySQL's checksum")
                        .isEqualTo(expected);
            }
        }
    }

    private static long checksumAsRead(Connection connection, SourceTable table, RowFormat format) throws SQLException {
        RowReader reader = format.reader();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + reader.columns() + " FROM " + table.name())) {
            RowReader.Cursor cursor = reader.read(rows);
            assertThat(cursor.next()).isTrue();
            return cursor.checksum();
        }
    }

    private static Column[] with(Column[] columns, Column last) {
        Column[] all = Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = last;
        return all;
    }

    /**
     * The definition, in plain Java: the first 64 bits of SHA-256 over {@code <octets>:<text>} of each column, of TEXT and
     * larger {@code H<SHA-256 of the text>}, of NULL {@code N}.
     */
    private static long checksum(List<Case> cases) throws Exception {
        StringBuilder text = new StringBuilder("1:1");
        for (Case of : cases) {
            boolean hashed =
                    Set.of("TEXT", "MEDIUMTEXT", "LONGTEXT").contains(of.type().replaceFirst(" .*", ""));
            String value = of.text();
            if (value == null) {
                text.append("N");
            } else if (hashed) {
                text.append("H").append(HexFormat.of().formatHex(sha256(value)));
            } else {
                text.append(value.getBytes(StandardCharsets.UTF_8).length)
                        .append(":")
                        .append(value);
            }
        }
        return new BigInteger(1, Arrays.copyOf(sha256(text.toString()), 8)).longValue();
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
