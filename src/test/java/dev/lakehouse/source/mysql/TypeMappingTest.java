package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every type from MySQL to Spark, under the hostile time zone and locale of the tests' JVM: its Spark type, its value,
 * and the checksum vectors, computed by MySQL, by Spark and by plain Java.
 */
class TypeMappingTest extends RoundTrips {
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

    @Test
    void floatingPointNumbersKeepEveryBit() throws Exception {
        roundTrip("FLOAT", "0.1", "FLOAT", "0.10000000149011612");
        roundTrip("FLOAT", "16777217", "FLOAT", "16777216");
        roundTrip("FLOAT", "-3.402823466e38", "FLOAT", "-3.4028234663852886e38");
        roundTrip("FLOAT", "1.401298464e-45", "FLOAT", "1.401298464324817e-45");
        roundTrip("FLOAT(7,3)", "1.5", "FLOAT", "1.5");
        roundTrip("FLOAT UNSIGNED", "123456.789", "FLOAT", "123456.7890625");
        roundTrip("DOUBLE", "0.1", "DOUBLE", "0.1");
        roundTrip("DOUBLE", "-0e0", "DOUBLE", "-0");
        roundTrip("DOUBLE", "0", "DOUBLE", "0");
        roundTrip("DOUBLE", "1e15", "DOUBLE", "1e15");
        roundTrip("DOUBLE", "999999999999999", "DOUBLE", "999999999999999");
        roundTrip("DOUBLE", "9007199254740993e0", "DOUBLE", "9.007199254740992e15");
        roundTrip("DOUBLE", "1e-15", "DOUBLE", "0.000000000000001");
        roundTrip("DOUBLE", "1.5e-16", "DOUBLE", "1.5e-16");
        roundTrip("DOUBLE", "1.7976931348623157e308", "DOUBLE", "1.7976931348623157e308");
        roundTrip("DOUBLE", "2.2250738585072014e-308", "DOUBLE", "2.2250738585072014e-308");
        roundTrip("DOUBLE", "-2.2250738585072014e-308", "DOUBLE", "-2.2250738585072014e-308");
        roundTrip("DOUBLE", "-1.2345678901234568e-10", "DOUBLE", "-0.00000000012345678901234568");
        roundTrip("DOUBLE(10,2)", "1.5", "DOUBLE", "1.5");
        roundTrip("DOUBLE", "NULL", "DOUBLE", null);
        check();
    }

    @Test
    void bitsAreABooleanOrANumber() throws Exception {
        roundTrip("BIT(1)", "b'1'", "BOOLEAN", "1");
        roundTrip("BIT(1)", "b'0'", "BOOLEAN", "0");
        roundTrip("BIT(1)", "NULL", "BOOLEAN", null);
        roundTrip("BIT(2)", "b'10'", "BIGINT", "2");
        roundTrip("BIT(16)", "b'0011000100110010'", "BIGINT", "12594");
        roundTrip("BIT(63)", "9223372036854775807", "BIGINT", "9223372036854775807");
        roundTrip("BIT(64)", "18446744073709551615", "DECIMAL(20,0)", "18446744073709551615");
        check();
    }

    @Test
    void aTimeIsMicrosecondsAndAYearANumber() throws Exception {
        roundTrip("TIME", "'00:00:00'", "BIGINT", "0");
        roundTrip("TIME", "'838:59:59'", "BIGINT", "3020399000000");
        roundTrip("TIME", "'-838:59:59'", "BIGINT", "-3020399000000");
        roundTrip("TIME(6)", "'-00:00:00.000001'", "BIGINT", "-1");
        roundTrip("TIME(6)", "'838:59:58.999999'", "BIGINT", "3020398999999");
        roundTrip("TIME(1)", "'-100:00:00.5'", "BIGINT", "-360000500000");
        roundTrip("TIME(3)", "'01:02:03.045'", "BIGINT", "3723045000");
        roundTrip("TIME", "NULL", "BIGINT", null);
        roundTrip("YEAR", "1901", "SMALLINT", "1901");
        roundTrip("YEAR", "2155", "SMALLINT", "2155");
        roundTrip("YEAR", "0", "SMALLINT", "0");
        check();
    }

    @Test
    void enumsSetsAndJsonAreText() throws Exception {
        roundTrip("ENUM('a', 'b c', 'ä''\"')", "'ä''\"'", "STRING", "ä'\"");
        roundTrip("ENUM('', 'a')", "''", "STRING", "");
        roundTrip("ENUM('1', '0')", "'0'", "STRING", "0");
        roundTrip("ENUM('a', 'b') CHARACTER SET latin1", "'b'", "STRING", "b");
        roundTrip("ENUM('a')", "NULL", "STRING", null);
        roundTrip("SET('a', 'b', 'c')", "'c,a'", "STRING", "a,c");
        roundTrip("SET('a', 'b')", "''", "STRING", "");
        roundTrip("JSON", "'{\"a\": [1, \"ä😀\", null, 1.5]}'", "STRING", "{\"a\": [1, \"ä😀\", null, 1.5]}");
        roundTrip("JSON", "NULL", "STRING", null);
        check();
    }

    @Test
    void bytesAreKeptAsTheyAre() throws Exception {
        roundTripBytes("BINARY(4)", "X'00ff'", "00ff0000");
        roundTripBytes("VARBINARY(9)", "X''", "");
        roundTripBytes("VARBINARY(9)", "X'80c3283a4e00'", "80c3283a4e00");
        roundTripBytes("TINYBLOB", "X'5c0d0a00'", "5c0d0a00");
        roundTripBytes("BLOB", "X'c328'", "c328");
        roundTripBytes("MEDIUMBLOB", "REPEAT(X'f0', 70000)", "f0".repeat(70000));
        roundTripBytes("LONGBLOB", "X'00'", "00");
        roundTrip("BLOB", "NULL", "BINARY", null);
        check();
    }

    @Test
    void spatialValuesAreEwkbWithTheirSrid() throws Exception {
        String point = "000000000000f03f0000000000000040"; // 1, 2
        roundTripBytes("POINT", "ST_GeomFromText('POINT(1 2)')", "0101000020" + "00000000" + point);
        roundTripBytes("GEOMETRY", "ST_GeomFromText('POINT(1 2)', 3857)", "0101000020" + "110f0000" + point);
        roundTripBytes(
                "LINESTRING",
                "ST_GeomFromText('LINESTRING(1 2, 1 2)')",
                "0102000020" + "00000000" + "02000000" + point + point);
        roundTripBytes(
                "GEOMETRYCOLLECTION",
                "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')",
                "0107000020" + "00000000" + "01000000" + "0101000000" + point);
        roundTrip("POLYGON", "NULL", "BINARY", null);
        check();
    }

    @Test
    void columnsOfUnknownTypesAreNamedTogether() {
        List<ColumnDefinition> columns = List.of(
                new ColumnDefinition("id", "int", "int", false, 10, 0, ""),
                new ColumnDefinition("mood", "feeling", "feeling(2)", true, 0, 0, ""),
                new ColumnDefinition("is new", "qubit", "qubit", true, 0, 0, ""));

        assertThatThrownBy(() -> RowFormat.of("odd", columns))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("`mood` feeling(2), `is new` qubit.")
                .hasMessageContaining("--without=mood,is new ");
    }

    @Test
    void columnsCanBeLeftOut() {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql(
                        "CREATE TABLE odd (id INT PRIMARY KEY, mood ENUM('a', 'b'), name VARCHAR(9), `is new` BIT(1))",
                        "INSERT INTO odd VALUES (1, 'a', 'hat', b'1')");

        lakehouse.extract("odd", "--without=mood,is new");
        lakehouse.load("odd");

        assertThat(lakehouse.query("SELECT * FROM lake.odd"))
                .singleElement()
                .asString()
                .startsWith("1|hat|");
        assertThat(lakehouse.reconcile("odd", "lake.odd")).contains("source = Delta");
    }

    @Test
    void aColumnOfTheKeyAndAnUnknownOneCannotBeLeftOut() {
        TestLakehouse lakehouse = TestLakehouse.fresh().mysql("CREATE TABLE odd (id INT PRIMARY KEY, name VARCHAR(9))");

        assertThatThrownBy(() -> lakehouse.extract("odd", "--without=ID")).hasMessageContaining("part of the key");
        assertThatThrownBy(() -> lakehouse.extract("odd", "--without=nmae")).hasMessageContaining("no such column");
    }
}
