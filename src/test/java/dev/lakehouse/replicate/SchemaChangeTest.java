package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.CheckSource;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of a source that change between two loads. */
class SchemaChangeTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private void loaded(String... statements) {
        lakehouse.mysql(statements);
        lakehouse.extract("goods");
        lakehouse.load("goods");
    }

    private String loadedAgain(String statement, String... options) {
        lakehouse.mysql(statement);
        lakehouse.extract("goods");
        return lakehouse.load("goods", options);
    }

    private static void delta(String statements) {
        SqlScript.of(statements).statements().forEach(TestLakehouse.session()::sql);
    }

    private void assertEqual() {
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    @Test
    void widerTypesAreFollowed() {
        loaded(
                "CREATE TABLE goods (id INT PRIMARY KEY, a TINYINT, b INT, c INT UNSIGNED, d BIGINT, e DECIMAL(8,2),"
                        + " f DECIMAL(8,2))",
                "INSERT INTO goods VALUES (1, 7, 7, 7, 7, 7.50, 7.50)");

        lakehouse.mysql("ALTER TABLE goods MODIFY a INT, MODIFY b BIGINT, MODIFY c DECIMAL(20,0),"
                + " MODIFY d BIGINT UNSIGNED, MODIFY e DECIMAL(10,2), MODIFY f DECIMAL(12,4)");
        assertThat(loadedAgain("INSERT INTO goods VALUES"
                        + " (2, 100000, 3000000000, 4294967296, 18446744073709551615, 12345678.90, 12345678.9012)"))
                .contains("column a is now", "column d is now", "column f is now")
                .contains("1 inserted, 0 updated, 0 deleted");

        assertThat(lakehouse.query("DESCRIBE lake.goods"))
                .contains(
                        "a|int|null",
                        "b|bigint|null",
                        "c|decimal(20,0)|null",
                        "d|decimal(20,0)|null",
                        "e|decimal(10,2)|null",
                        "f|decimal(12,4)|null");
        assertEqual();
    }

    @Test
    void aTableMadeWithoutTheFeatureNamesTheStatementThatTurnsItOnAndThenFollows() {
        lakehouse.mysql("CREATE TABLE older (id INT PRIMARY KEY, v INT)", "INSERT INTO older VALUES (1, 7)");
        delta("CREATE SCHEMA IF NOT EXISTS lake LOCATION '" + lakehouse.warehouse() + "/lake'");
        delta("CREATE TABLE lake.older (id INT, v INT, _row_checksum BIGINT, _extract BIGINT, _loaded_at TIMESTAMP)"
                + " USING DELTA");
        lakehouse.extract("older");
        lakehouse.load("older");
        lakehouse.mysql("ALTER TABLE older MODIFY v BIGINT");
        lakehouse.extract("older");

        UserError refused = refusal("older");
        assertThat(refused.cause()).contains("without column mapping and type widening");
        delta(statements(refused));

        assertThat(lakehouse.load("older")).contains("column v is now BIGINT");
        assertThat(lakehouse.reconcile("older", "lake.older")).contains("source = extract = Delta");
    }

    /** The statements of a message, as a person copies them. */
    private static String statements(UserError refused) {
        return refused.fix().substring(refused.fix().indexOf("\nALTER TABLE ") + 1);
    }

    private UserError refusal(String table) {
        try {
            lakehouse.load(table);
            throw new AssertionError("The load was not refused");
        } catch (UserError refused) {
            return refused;
        }
    }

    @Test
    void aDroppedColumnIsRefusedByNameAndTheStatementOfTheMessageLetsItGo() {
        loaded(
                "CREATE TABLE goods (id INT PRIMARY KEY, v INT, _note VARCHAR(20))",
                "INSERT INTO goods VALUES (1, 7, 'old')");
        lakehouse.mysql("ALTER TABLE goods DROP COLUMN _note");
        lakehouse.extract("goods");

        UserError refused = refusal("goods");
        assertThat(refused.cause()).isEqualTo("Column `_note` is gone from the source.");
        delta(statements(refused));

        assertThat(lakehouse.load("goods")).contains("0 inserted, 0 updated, 0 deleted");
        assertEqual();
    }

    @Test
    void anotherTypeIsRefusedByNameAndTheStatementOfTheMessageBringsTheColumnAnew() {
        loaded("CREATE TABLE goods (id INT PRIMARY KEY, v VARCHAR(20))", "INSERT INTO goods VALUES (1, '7')");
        lakehouse.mysql("ALTER TABLE goods MODIFY v INT");
        lakehouse.extract("goods");

        UserError refused = refusal("goods");
        assertThat(refused.cause()).isEqualTo("Column `v` is STRING in the target and INT in the source.");
        delta(statements(refused));

        assertThat(lakehouse.load("goods")).contains("new column v").contains("1 updated");
        assertEqual();
    }

    @Test
    void aNewColumnWithAnOddNameIsAdded() {
        loaded("CREATE TABLE goods (id INT PRIMARY KEY, v INT)", "INSERT INTO goods VALUES (1, 7), (2, 8)");

        assertThat(loadedAgain("ALTER TABLE goods ADD COLUMN `unit price (HKD)` DECIMAL(8,2) NOT NULL DEFAULT 1"))
                .contains("new column unit price (HKD)")
                .contains("2 updated");

        assertEqual();
    }

    @Test
    void aNewColumnWithoutValuesIsAddedThoughNoRowChanges() {
        loaded("CREATE TABLE goods (id INT PRIMARY KEY, v INT)", "INSERT INTO goods VALUES (1, 7)");

        assertThat(loadedAgain("ALTER TABLE goods ADD COLUMN w INT")).contains("0 inserted, 0 updated, 0 deleted");

        assertThat(lakehouse.query("DESCRIBE lake.goods")).contains("w|int|null");
        assertEqual();
    }

    @Test
    void aColumnThatMovedChangesNoRow() {
        loaded(
                "CREATE TABLE goods (id INT PRIMARY KEY, a VARCHAR(20), b VARCHAR(20))",
                "INSERT INTO goods VALUES (1, 'a', 'b')");
        long version = lakehouse.version("lake.goods");

        assertThat(loadedAgain("ALTER TABLE goods MODIFY a VARCHAR(20) AFTER b"))
                .contains("0 inserted, 0 updated, 0 deleted");

        assertThat(lakehouse.version("lake.goods")).isEqualTo(version);
        assertEqual();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evolve", "discard"})
    void aColumnThatOnlyChangedItsCaseKeepsGettingItsValues(String policy) {
        loaded(
                "CREATE TABLE goods (id INT PRIMARY KEY, Color VARCHAR(20))",
                "INSERT INTO goods VALUES (1, 'red'), (2, 'red')");
        lakehouse.mysql(
                "ALTER TABLE goods CHANGE Color color VARCHAR(20)", "UPDATE goods SET color = 'blue' WHERE id = 1");

        assertThat(loadedAgain("INSERT INTO goods VALUES (3, 'green')", "--schema-policy=" + policy))
                .contains("1 inserted, 1 updated");

        assertThat(lakehouse.query("SELECT id, color FROM lake.goods ORDER BY id"))
                .containsExactly("1|blue", "2|red", "3|green");
        assertEqual();
    }

    @Test
    void columnsCalledLikeTheLakehousesOwnAreRefusedByTheCheck() {
        lakehouse.mysql("CREATE TABLE goods (id INT PRIMARY KEY, _range INT, _ROW_CHECKSUM INT, _extract INT,"
                + " _loaded_at INT, _operation INT, _bad INT, _key0 INT, _reasons INT, _held INT, _metadata INT)");

        assertThatThrownBy(() -> lakehouse.task(CheckSource::main, lakehouse.source("goods")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("called like the lakehouse's own: _range, _ROW_CHECKSUM, _extract, _loaded_at,"
                        + " _operation, _bad, _key0, _reasons, _held, _metadata.");
    }
}
