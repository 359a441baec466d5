package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables and views whose key the server does not guarantee, so that every extract proves it, and those without any. */
class NamedKeyTest {
    private static final String BY_CODE = "--key=shop,code";
    private static final String WHOLE_ROWS = "--key=*";

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private void assertNothingIsPublished() {
        assertThat(Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "t")
                        .published())
                .isEmpty();
    }

    @Test
    void aTableWithoutAKeyIsCopiedByColumnsThatAreNamed() {
        lakehouse.mysql(
                "CREATE TABLE t (shop INT, code VARCHAR(9), name TEXT)",
                "INSERT INTO t SELECT seq DIV 10, CONCAT('c', seq), 'x' FROM seq_1_to_50");
        assertThatThrownBy(() -> lakehouse.extract("t"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has no key.")
                .hasMessageContaining("--key=COLUMN,COLUMN");

        lakehouse.extract("t", BY_CODE, "--range-rows=20");
        lakehouse.load("t");
        assertThat(lakehouse.extract("t", BY_CODE, "--range-rows=20")).contains("unchanged");
        lakehouse.mysql("UPDATE t SET name = 'y' WHERE code = 'c7'", "DELETE FROM t WHERE code = 'c8'");
        lakehouse.extract("t", BY_CODE, "--range-rows=20");

        assertThat(lakehouse.load("t")).contains("0 inserted, 1 updated, 1 deleted");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    @Test
    void columnsThatDoNotDistinguishRowsAreRefused() {
        lakehouse.mysql(
                "CREATE TABLE t (shop INT, code VARCHAR(9), name TEXT)",
                "INSERT INTO t VALUES (1, 'a', 'x'), (1, 'A', 'y'), (2, 'a', 'z')");

        assertThatThrownBy(() -> lakehouse.extract("t", BY_CODE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The columns `shop`, `code` do not distinguish the rows of 't'.")
                .hasMessageContaining("There are 3 rows, but 2 different keys");
        assertThatThrownBy(() -> lakehouse.extract("t", "--key=none")).hasMessageContaining("no such column");
        assertThatThrownBy(() -> lakehouse.extract("t", "--key=name")).hasMessageContaining("has no size limit");
        assertNothingIsPublished();
    }

    @Test
    @Timeout(60)
    void aKeyThatRepeatsForMoreRowsThanARangeHasIsRefused() {
        lakehouse.mysql(
                "CREATE TABLE t (shop INT, name TEXT)", "INSERT INTO t SELECT seq DIV 20, 'x' FROM seq_1_to_100");

        assertThatThrownBy(() -> lakehouse.extract("t", "--key=shop", "--range-rows=6"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("do not distinguish the rows of 't'.")
                .hasMessageContaining("More than 6 rows have the same key.");
        assertNothingIsPublished();
    }

    @Test
    void aUniqueKeyThatAllowsNullsIsUsedAsLongAsItHasNone() {
        lakehouse.mysql(
                "CREATE TABLE t (code INT NULL UNIQUE, name VARCHAR(9))",
                "INSERT INTO t SELECT seq, 'x' FROM seq_1_to_5");
        lakehouse.extract("t");

        lakehouse.load("t");
        lakehouse.mysql("INSERT INTO t VALUES (NULL, 'lost?')");

        assertThatThrownBy(() -> lakehouse.reconcile("t", "lake.t"))
                .hasMessageContaining("There are 6 rows, but 5 different keys without NULL");
        assertThatThrownBy(() -> lakehouse.extract("t"))
                .hasMessageContaining("There are 6 rows, but 5 different keys without NULL");
        assertThatThrownBy(() -> lakehouse.extract("t", "--range-rows=2"))
                .hasMessageContaining("There are 6 rows, but 5 different keys without NULL");
        lakehouse.mysql("INSERT INTO t SELECT NULL, 'lost?' FROM seq_1_to_5");
        assertThatThrownBy(() -> lakehouse.extract("t", "--range-rows=2"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Column `code` of 't' is part of the key but contains NULL.");
    }

    @Test
    void aViewThatIsNeverTheSameIsRefused() {
        lakehouse.mysql(
                "CREATE TABLE shop (id INT PRIMARY KEY)",
                "INSERT INTO shop VALUES (1), (2)",
                "CREATE VIEW t AS SELECT id, UUID() AS token FROM shop");

        assertThatThrownBy(() -> lakehouse.extract("t", "--key=id"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("It is a view that gives other rows when it is read again");
        assertNothingIsPublished();
        lakehouse.extract("t", "--key=id", "--without=token");
    }

    @Test
    void aViewIsCopiedByColumnsThatAreNamed() {
        lakehouse.mysql(
                "CREATE TABLE shop (id INT PRIMARY KEY, city VARCHAR(9))",
                "CREATE TABLE sale (id INT PRIMARY KEY, shop INT, amount DECIMAL(9,2))",
                "INSERT INTO shop VALUES (1, 'Bern'), (2, 'Łódź')",
                "INSERT INTO sale SELECT seq, seq % 2 + 1, seq / 7 FROM seq_1_to_50",
                "CREATE VIEW t AS SELECT s.id AS code, city, amount FROM sale s JOIN shop ON shop.id = s.shop");
        assertThatThrownBy(() -> lakehouse.extract("t")).hasMessageContaining("has no key.");

        lakehouse.extract("t", "--key=code");
        lakehouse.load("t");
        lakehouse.mysql("UPDATE shop SET city = 'Köln' WHERE id = 1");
        lakehouse.extract("t", "--key=CODE");

        assertThat(lakehouse.load("t")).contains("0 inserted, 25 updated, 0 deleted");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    @Test
    void rowsThatMayRepeatAreCopiedAndReplacedAsAWhole() {
        lakehouse.mysql(
                "CREATE TABLE t (at DATETIME NULL, message TEXT)",
                "INSERT INTO t SELECT IF(seq % 5 = 0, NULL, '2025-01-01'), CONCAT('m', seq % 10) FROM seq_1_to_50");

        lakehouse.extract("t", WHOLE_ROWS, "--range-rows=20");
        assertThat(lakehouse.load("t")).contains("50 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.extract("t", WHOLE_ROWS, "--range-rows=20")).contains("unchanged");
        assertThat(lakehouse.load("t")).contains("nothing");
        lakehouse.mysql(
                "DELETE FROM t WHERE message = 'm3' LIMIT 2",
                "UPDATE t SET message = 'new' WHERE message = 'm4'",
                "INSERT INTO t VALUES (NULL, 'm5')");
        lakehouse.extract("t", WHOLE_ROWS);

        assertThat(lakehouse.load("t")).contains("0 inserted, 6 updated, 1 deleted");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
        assertThat(lakehouse.query("SELECT concat(message, ' ', count(*), ' ', count(at)) FROM lake.t"
                        + " WHERE message IN ('m3', 'm5', 'new') GROUP BY message ORDER BY message"))
                .containsExactly("m3 3 3", "m5 6 0", "new 5 5");
    }

    @Test
    void rowsWithoutAKeyThatWereEditedOrRepeatedInTheTableAreAsInTheSourceAgain() {
        lakehouse.mysql("CREATE TABLE t (name VARCHAR(9))", "INSERT INTO t SELECT 'x' FROM seq_1_to_50");
        lakehouse.extract("t", WHOLE_ROWS);
        lakehouse.load("t");
        lakehouse.query("INSERT INTO lake.t SELECT * FROM lake.t LIMIT 3");
        lakehouse.query("UPDATE lake.t SET name = 'edited' WHERE name = 'x'");
        lakehouse.mysql("INSERT INTO t VALUES ('y'), ('y')");

        assertThat(lakehouse.reconcile("t", "lake.t"))
                .contains("52 rows only in the source")
                .contains("53 rows only in Delta");
        lakehouse.load("t");
        lakehouse.extract("t", WHOLE_ROWS);
        assertThat(lakehouse.load("t")).contains("2 inserted, 0 updated, 0 deleted");

        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    @Test
    void aTableWithoutAKeyThatLosesManyRowsIsRefusedUntilItIsAccepted() {
        lakehouse.mysql("CREATE TABLE t (name VARCHAR(9))", "INSERT INTO t SELECT 'x' FROM seq_1_to_50");
        lakehouse.extract("t", WHOLE_ROWS);
        lakehouse.load("t");
        lakehouse.mysql("DELETE FROM t LIMIT 20");
        lakehouse.extract("t", WHOLE_ROWS);

        assertThatThrownBy(() -> lakehouse.load("t")).hasMessageContaining("would delete 20 of the 50 rows");
        assertThat(lakehouse.load("t", "--accept-deletes=20")).contains("0 inserted, 0 updated, 20 deleted");
    }

    @Test
    void rowsThatAKeyBringsTogetherCountAsDeleted() {
        lakehouse.mysql(
                "CREATE TABLE t (id INT, name VARCHAR(9))",
                "INSERT INTO t SELECT IF(seq > 10, NULL, seq), 'x' FROM seq_1_to_100");
        lakehouse.extract("t", WHOLE_ROWS);
        lakehouse.load("t");
        lakehouse.mysql("DELETE FROM t WHERE id IS NULL", "ALTER TABLE t ADD PRIMARY KEY (id)");
        lakehouse.extract("t");

        assertThatThrownBy(() -> lakehouse.load("t")).hasMessageContaining("would delete 90 of the 100 rows");
        assertThat(lakehouse.load("t", "--accept-deletes=90")).contains("0 inserted, 0 updated, 90 deleted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ENUM('', 'a''', 'b'); (0), (1), (2)",
                "ENUM('a,', ''''',''', ''); (0), (1), (3)",
                "SET('', 'a'); (0), (1), (3)",
                "VARCHAR(9) CHARACTER SET cp932 COLLATE cp932_bin; (X'81E6'), (X'879A'), ('a')",
            })
    void aKeyWhoseValuesAreOneTextIsRefused(String type, String values) {
        lakehouse.mysql(
                "SET SESSION sql_mode = ''",
                "CREATE TABLE t (k " + type + " PRIMARY KEY)",
                "INSERT INTO t VALUES " + values);

        assertThatThrownBy(() -> lakehouse.extract("t"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There are 3 rows, but 2 different keys")
                .hasMessageContaining("--key='*'");
        assertNothingIsPublished();
        lakehouse.extract("t", WHOLE_ROWS);
        assertThat(lakehouse.load("t")).contains("3 inserted");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    @Test
    void aTableGetsAndLosesItsKey() {
        lakehouse.mysql(
                "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(9))", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        lakehouse.extract("t");
        lakehouse.load("t");
        lakehouse.mysql("UPDATE t SET name = 'c' WHERE id = 1");
        lakehouse.extract("t", WHOLE_ROWS);
        assertThat(lakehouse.load("t")).contains("0 inserted, 1 updated, 0 deleted");
        lakehouse.mysql("UPDATE t SET name = 'd' WHERE id = 1");

        lakehouse.extract("t");

        assertThat(lakehouse.load("t")).contains("0 inserted, 1 updated, 0 deleted");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    @Test
    void rowsWithoutAKeyAreQuarantined() {
        String[] options = {WHOLE_ROWS, "--invalid-dates=quarantine"};
        lakehouse.mysql(
                "SET SESSION sql_mode = ''",
                "CREATE TABLE t (d DATE NOT NULL, n INT)",
                "INSERT INTO t VALUES ('0000-00-00', 1), ('0000-00-00', 1), ('2024-01-31', 2), ('2024-01-31', 2)");
        lakehouse.extract("t", options);
        assertThat(lakehouse.load("t")).contains("2 inserted", "2 rows in lake.t_quarantine");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("2 rows in quarantine");
        lakehouse.mysql("UPDATE t SET d = '2024-01-31' WHERE n = 1 LIMIT 1", "ALTER TABLE t ADD COLUMN v INT");
        lakehouse.extract("t", options);
        assertThat(lakehouse.load("t")).contains("1 inserted, 0 updated, 0 deleted", "1 row in lake.t_quarantine");
        lakehouse.mysql("DELETE FROM t WHERE n = 1");
        lakehouse.extract("t", options);

        assertThat(lakehouse.load("t", "--accept-deletes=1")).contains("0 inserted, 0 updated, 1 deleted");
        assertThat(lakehouse.query("SELECT * FROM lake.t_quarantine")).isEmpty();
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
    }

    @Test
    void anEmptyTableAndAViewHaveNoKey() {
        lakehouse.mysql("CREATE TABLE s (n INT)", "CREATE VIEW t AS SELECT n, COUNT(*) OVER () AS of FROM s");
        lakehouse.extract("t", WHOLE_ROWS);
        assertThat(lakehouse.load("t")).contains("0 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("source = extract = Delta");
        lakehouse.mysql("INSERT INTO s VALUES (1), (1), (NULL)");
        assertThat(lakehouse.reconcile("t", "lake.t")).contains("3 rows only in the source");
        lakehouse.extract("t", WHOLE_ROWS);
        assertThat(lakehouse.load("t")).contains("3 inserted, 0 updated, 0 deleted");
        lakehouse.mysql("DELETE FROM s");
        lakehouse.extract("t", WHOLE_ROWS);
        assertThat(lakehouse.load("t", "--accept-deletes=3")).contains("0 inserted, 0 updated, 3 deleted");
        assertThat(lakehouse.query("SELECT * FROM lake.t")).isEmpty();
    }

    @Test
    void aDateThatCannotBeCopiedIsNamedWithoutAKey() {
        lakehouse.mysql(
                "SET SESSION sql_mode = ''",
                "CREATE TABLE t (d DATE)",
                "INSERT INTO t VALUES ('0000-00-00'), ('0000-00-00')");

        assertThatThrownBy(() -> lakehouse.extract("t", WHOLE_ROWS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("column `d`")
                .hasMessageNotContaining("One such row");
    }
}
