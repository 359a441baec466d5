package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.testing.TestLakehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that MySQL, Parquet or the connection cannot carry are named; all others arrive as they are. */
class RowFaultsTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private void assertRefused(String problem, String column, String key) {
        assertThatThrownBy(() -> lakehouse.extract("t"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Table 't' contains " + problem + ": column `" + column + "`.\n")
                .hasMessageContaining(" One such row has " + key + ".");
        assertThat(Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "t")
                        .published())
                .isEmpty();
    }

    /** airbytehq/airbyte#3931, #16159, #16574, #81630. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "d DATE, e DATE;'2024-01-31', '0000-00-00';e",
                "d DATETIME NOT NULL, e DATETIME NOT NULL;'0000-00-00 00:00:00', '2024-01-31 10:00:00';d",
                "d TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00';'0000-00-00 00:00:00';d",
                "d DATETIME;'2024-00-15 00:00:00';d",
                "d DATETIME;'2024-03-00 12:00:00';d",
                "d DATE;'2024-02-31';d",
            })
    void aDateThatIsNoneIsNamedByColumnAndKey(String columns, String values, String column) {
        lakehouse.mysql(
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "CREATE TABLE t (shop INT, id VARCHAR(9), " + columns + ", PRIMARY KEY (shop, id))",
                "INSERT INTO t VALUES (7, 'x', " + values + ")");

        assertRefused("a date or time that does not exist", column, "shop = 7, id = x");
    }

    @Test
    void fiveKeysOfSuchDatesAreNamed() {
        lakehouse.mysql(
                "CREATE TABLE t (id INT PRIMARY KEY, d DATE)",
                "INSERT INTO t SELECT seq, IF(seq % 2, '0000-00-00', '2024-01-31') FROM seq_1_to_20");

        assertThatThrownBy(() -> lakehouse.extract("t"))
                .hasMessageContaining(" Such rows have id = 1; id = 3; id = 5; id = 7; id = 9.\n")
                .hasMessageContaining("--invalid-dates=null");
    }

    @Test
    void suchDatesAreCopiedAsNullAndCountedWhereThatIsAsked() {
        String[] asNull = {"--invalid-dates=null"};
        lakehouse.mysql(
                "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'",
                "CREATE TABLE t (id INT PRIMARY KEY, d DATE NOT NULL, a DATETIME(3) NOT NULL, z TIMESTAMP NOT NULL DEFAULT"
                        + " '0000-00-00 00:00:00')",
                "INSERT INTO t VALUES (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00'),"
                        + " (2, '2024-02-00', '2024-00-15 01:02:03.004', '2024-02-29 10:00:00'),"
                        + " (3, '2023-02-29', '2023-02-28 23:59:59.999', '0000-00-00 00:00:00'),"
                        + " (4, '0000-01-01', '0007-01-05 00:00:00', '2024-02-29 10:00:00')");

        assertThat(lakehouse.extract("t", asNull)).contains("7 dates not in the calendar, such as 0000-00-00");
        lakehouse.load("t");

        assertThat(lakehouse.query(
                        "SELECT id, CAST(d AS STRING), CAST(a AS STRING), CAST(z AS STRING) FROM lake.t ORDER BY id"))
                .containsExactly(
                        "1|null|null|null",
                        "2|null|null|2024-02-29 10:00:00",
                        "3|null|2023-02-28 23:59:59.999|null",
                        "4|0000-01-01|0007-01-05 00:00:00|2024-02-29 10:00:00");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
        assertThat(lakehouse.extract("t", asNull)).contains("unchanged");
        assertThat(lakehouse.ledger("dates_nulled", "task = 'ExtractTable'")).containsExactly("7", "null");
        assertThatThrownBy(() -> lakehouse.extract("t"))
                .hasMessageContaining("does not exist: columns `d`, `a`, `z`.")
                .hasMessageContaining(" Such rows have id = 1; id = 2; id = 3 (column `d`).")
                .hasMessageContaining(" Such rows have id = 1; id = 2 (column `a`).")
                .hasMessageContaining(" Such rows have id = 1; id = 3 (column `z`).");
    }

    @Test
    void rowsWithSuchDatesAreQuarantinedWhereThatIsAsked() {
        String[] quarantine = {"--invalid-dates=quarantine"};
        lakehouse.mysql(
                "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'",
                "CREATE TABLE t (id INT PRIMARY KEY, d DATE NULL, `at, then` DATETIME(1) NULL)",
                "INSERT INTO t VALUES (1, '0000-00-00', '2024-02-30 01:02:03.4'), (2, '2024-02-29', NULL),"
                        + " (3, NULL, '2024-02-29 01:02:03'), (4, '2024-01-31', NULL)");
        assertThat(lakehouse.extract("t", quarantine))
                .contains("2 dates not in the calendar")
                .contains("A load quarantines");
        assertThat(lakehouse.load("t")).contains("3 inserted");
        assertThat(lakehouse.query("SELECT id, d, `at, then`, _reasons FROM lake.t_quarantine"))
                .containsExactly(
                        "1|null|null|ArraySeq(not in the calendar: d = 0000-00-00, at, then = 2024-02-30 01:02:03.4)");
        assertThat(lakehouse.load("t")).contains("nothing");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("1 key in quarantine");
        lakehouse.query("DROP TABLE lake.t_quarantine");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("1 key only in the source");
        assertThat(lakehouse.load("t")).contains("loaded once more", "1 row in lake.t_quarantine");

        lakehouse.mysql(
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "UPDATE t SET d = '2024-01-01', `at, then` = NULL WHERE id = 1",
                "UPDATE t SET d = '2024-02-31' WHERE id IN (3, 4)");
        lakehouse.extract("t", quarantine);

        assertThat(lakehouse.load("t"))
                .contains("1 inserted, 0 updated, 0 deleted")
                .contains("2 stay stale");
        assertThat(lakehouse.query("SELECT id, d FROM lake.t ORDER BY id"))
                .containsExactly("1|2024-01-01", "2|2024-02-29", "3|null", "4|2024-01-31");
        assertThat(lakehouse.query("SELECT id, _reasons FROM lake.t_quarantine ORDER BY id"))
                .containsExactly(
                        "3|ArraySeq(not in the calendar: d = 2024-02-31)",
                        "4|ArraySeq(not in the calendar: d = 2024-02-31)");
    }

    @Test
    void suchDatesOfAKeyAreRefusedInAnyCase() {
        lakehouse.mysql(
                "SET sql_mode = ''",
                "CREATE TABLE t (d DATE PRIMARY KEY, n INT)",
                "INSERT INTO t VALUES ('0000-00-00', 1), ('2024-01-31', 2)");

        assertThatThrownBy(() -> lakehouse.extract("t", "--invalid-dates=null"))
                .hasMessageContaining("contains a date or time that does not exist: column `d`.");
    }

    /** The lock stands for a table whose scan takes long. */
    @Test
    void aSearchEndsWhenItsTimeIsOver() throws SQLException {
        lakehouse.mysql("CREATE TABLE t (id INT PRIMARY KEY, d DATE)");
        try (Connection asking = lakehouse.mysql().connect();
                Connection locking = lakehouse.mysql().connect();
                Statement lock = locking.createStatement()) {
            SourceTable table = SourceTable.describe(lakehouse.mysql(), asking, "t", SourceSettings.DEFAULT);
            RowFaults faults = new RowFaults(lakehouse.mysql(), asking, table, table.rowFormat());
            lock.execute("LOCK TABLES t WRITE");

            assertThat(faults.notOnTheCalendar(1)).isEmpty();
        }
    }

    @Test
    void oddButRealDatesArrive() {
        lakehouse.mysql(
                "CREATE TABLE t (id INT PRIMARY KEY, d DATE, a DATETIME)",
                "INSERT INTO t VALUES (1, '0007-01-05', '0007-01-05 01:02:03'), (2, '0000-11-30', '0000-11-30 00:00:00'),"
                        + " (3, '9999-12-31', '9999-12-31 23:59:59')");

        assertThat(lakehouse.extract("t")).contains("source = Parquet: 3 rows");
    }

    @ParameterizedTest
    @CsvSource({"sjis, 8540", "ucs2, D800", "utf16, D83D", "ascii, E9"})
    void textWithoutAPlaceInUnicodeIsNamedByColumnAndKey(String charset, String bytes) {
        lakehouse.mysql(
                "SET sql_mode = ''",
                "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(9) CHARACTER SET utf8mb4, c VARCHAR(9) CHARACTER SET "
                        + charset + ")",
                "INSERT INTO t VALUES (1, '?', '?'), (2, '?', X'" + bytes + "')");
        assumeTrue(
                bytes.equals(lakehouse.mysqlRow("SELECT HEX(c) FROM t WHERE id = 2")),
                "This server does not let such bytes in");

        assertRefused("text that cannot be read", "c", "id = 2");
    }

    @Test
    void legacyTextArrivesAsItIs() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            all.append(HexFormat.of().toHexDigits((byte) i));
        }
        lakehouse.mysql(
                "CREATE TABLE t (id INT PRIMARY KEY, l VARCHAR(300) CHARACTER SET latin1, k VARCHAR(9) CHARACTER SET"
                        + " cp932, u VARCHAR(9) CHARACTER SET utf8mb4)",
                "INSERT INTO t VALUES (1, X'" + all + "', X'ED403F', X'004100')");

        assertThat(lakehouse.extract("t")).contains("source = Parquet: 1 row");
        lakehouse.load("t");
        assertThat(lakehouse.query("SELECT length(l), hex(u), hex(k) FROM lake.t"))
                .containsExactly("256|004100|E7BA8A3F");
    }
}
