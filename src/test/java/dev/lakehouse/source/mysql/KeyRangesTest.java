package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables cut along their key by a real server: every row is in one range, ranges are even, whatever the key. */
class KeyRangesTest {
    private static final String NUMBERS =
            "(SELECT a.i + 10 * b.i AS n FROM (SELECT 0 i UNION SELECT 1 UNION SELECT 2 UNION"
                    + " SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) a,"
                    + " (SELECT 0 i UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6"
                    + " UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b) numbers";

    @Test
    void aNumericKeyWithGapsAndNegativeValuesIsCutEvenly() throws SQLException {
        assertThat(counts("id BIGINT PRIMARY KEY", "(n - 50) * (n - 50) * (n - 50)", ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @Test
    void anUnsignedKeyBeyondSignedNumbersIsCutEvenly() throws SQLException {
        assertThat(counts("id BIGINT UNSIGNED PRIMARY KEY", "18446744073709551615 - n", ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @Test
    void aTextKeyIsComparedByItsCollation() throws SQLException {
        assertThat(counts(
                        "id VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY",
                        "CONCAT(IF(n % 2, 'ä', 'Z'), '''\\\\', IF(n % 3, 'x', 'X'), n)",
                        ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @Test
    void aDateKeyIsCutEvenly() throws SQLException {
        assertThat(counts("id DATE PRIMARY KEY", "DATE_ADD('1970-01-01', INTERVAL n * 100 DAY)", ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @Test
    void aTimestampKeyIsCutEvenly() throws SQLException {
        assertThat(counts("id TIMESTAMP(3) PRIMARY KEY", "DATE_ADD('2011-10-15 12:00:00', INTERVAL n HOUR)", ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " := ",
            quoteCharacter = '"',
            value = {
                "DECIMAL(10,4) := -n / 7",
                "DOUBLE := POW(-1.5, n)",
                "FLOAT := n / 10",
                "BIT(33) := n * 80000000",
                "YEAR := 1901 + n",
                "TIME(3) := SEC_TO_TIME((50 - n) * 3600.125)",
                "BINARY(4) := UNHEX(LPAD(HEX(n * 2621439), 8, '0'))",
                "VARBINARY(9) := IF(n = 0, '', CONCAT(X'00', CHAR(200 - n)))"
            })
    void aKeyOfAnyTypeIsCutEvenly(String type, String value) throws SQLException {
        assertThat(counts("id " + type + " PRIMARY KEY", value, "")).containsExactly(30L, 30L, 30L, 10L);
    }

    /** MySQL sorts them by the order of their definition, not by their text. */
    @ParameterizedTest
    @ValueSource(strings = {"ENUM('z', 'B', 'a', 'y', '5')", "SET('z', 'B', 'a', 'y', '5')"})
    void aKeyOfAnEnumOrASetIsCutByItsNumbers(String type) throws SQLException {
        assertThat(counts(
                        "id " + type + " NOT NULL, n INT, PRIMARY KEY (id, n)",
                        "ELT(1 + n % 5, 'z', 'B', 'a', 'y', '5'), n",
                        ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @Test
    void aCompositeKeyIsCutWithinItsFirstColumn() throws SQLException {
        assertThat(counts(
                        "a INT, b VARCHAR(9), c DATE, PRIMARY KEY (a, b, c)",
                        "n DIV 60, n DIV 20, DATE_ADD('2025-01-01', INTERVAL n DAY)",
                        ""))
                .containsExactly(30L, 30L, 30L, 10L);
    }

    @Test
    void aTableThatIsAnExactMultipleHasNoEmptyRange() throws SQLException {
        assertThat(counts("id INT PRIMARY KEY", "n", "WHERE n < 60")).containsExactly(30L, 30L);
    }

    @Test
    void anEmptyTableIsOneRange() throws SQLException {
        assertThat(counts("id INT PRIMARY KEY", "n", "WHERE n < 0")).containsExactly(0L);
    }

    @Test
    void rowsThatComeLaterAreInOneRangeToo() throws SQLException {
        TestLakehouse lakehouse = table("id INT PRIMARY KEY", "n", "");
        try (Connection connection = lakehouse.mysql().connect()) {
            SourceTable table = SourceTable.describe(lakehouse.mysql(), connection, "keyed", SourceSettings.DEFAULT);
            KeyRanges ranges = KeyRanges.cut(connection, table, 30);
            lakehouse.mysql(
                    "INSERT INTO keyed SELECT -1 - n FROM " + NUMBERS,
                    "INSERT INTO keyed SELECT 100 + n FROM " + NUMBERS);

            assertThat(counts(connection, ranges.conditions(table.quotedKey()))).containsExactly(130L, 30L, 30L, 110L);
        }
    }

    @Test
    void aRangeThatHasAsManyRowsAsBeforeIsReadFromItsStart() throws SQLException {
        TestLakehouse lakehouse = table("name VARCHAR(9) PRIMARY KEY", "CONCAT('k', 100 + n)", "");
        try (Connection connection = lakehouse.mysql().connect()) {
            SourceTable table = SourceTable.describe(lakehouse.mysql(), connection, "keyed", SourceSettings.DEFAULT);
            KeyRanges ranges = KeyRanges.cut(connection, table, 30);
            for (int range = 0; range < 3; range++) {
                String window = ranges.window(connection, table, range).orElseThrow();
                String condition = ranges.conditions(table.quotedKey()).get(range);
                assertThat(names(connection, window)).isEqualTo(names(connection, table.from(condition)));
            }
            assertThat(ranges.window(connection, table, 3)).as("it has no end").isEmpty();

            lakehouse.mysql("DELETE FROM keyed WHERE name = 'k140'");

            assertThat(ranges.window(connection, table, 0)).isPresent();
            assertThat(ranges.window(connection, table, 1)).isEmpty();
            assertThat(ranges.window(connection, table, 2)).isPresent();
        }
    }

    private static List<String> names(Connection connection, String end) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name" + end)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        names.sort(null);
        return names;
    }

    @Test
    void aUniqueKeyWithoutNullsStandsInForAPrimaryKey() throws SQLException {
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql(
                        "CREATE TABLE keyed (a INT NULL UNIQUE, b INT NOT NULL, c TEXT, UNIQUE KEY prefix (c(5)), UNIQUE KEY whole (b))");
        try (Connection connection = lakehouse.mysql().connect()) {
            assertThat(SourceTable.describe(lakehouse.mysql(), connection, "keyed", SourceSettings.DEFAULT)
                            .quotedKey())
                    .containsExactly("`b`");
        }
    }

    private static TestLakehouse table(String columns, String values, String where) {
        return TestLakehouse.fresh()
                .mysql(
                        "CREATE TABLE keyed (" + columns + ") CHARACTER SET utf8mb4",
                        "INSERT INTO keyed SELECT " + values + " FROM " + NUMBERS + " " + where);
    }

    /** Rows per range of thirty, of up to a hundred rows. */
    private static List<Long> counts(String columns, String values, String where) throws SQLException {
        TestLakehouse lakehouse = table(columns, values, where);
        try (Connection connection = lakehouse.mysql().connect()) {
            SourceTable table = SourceTable.describe(lakehouse.mysql(), connection, "keyed", SourceSettings.DEFAULT);
            KeyRanges ranges = KeyRanges.cut(connection, table, 30);
            List<Long> counts = counts(connection, ranges.conditions(table.quotedKey()));
            assertThat(ranges.rows())
                    .isEqualTo(counts.stream().mapToLong(Long::longValue).sum());
            return counts;
        }
    }

    private static List<Long> counts(Connection connection, List<String> conditions) throws SQLException {
        List<Long> counts = new ArrayList<>();
        for (String condition : conditions) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM keyed WHERE " + condition)) {
                row.next();
                counts.add(row.getLong(1));
            }
        }
        return counts;
    }
}
