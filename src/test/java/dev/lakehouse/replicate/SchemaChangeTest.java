package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.CheckSource;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.testing.TestLakehouse;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loads of a table whose columns change between two extracts; each kind of change is a case of {@link SchemaPolicyTest}. */
@Tag("e2e")
class SchemaChangeTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @Test
    void columnsFollowTheSourceAndOnlyRowsWithOtherValuesChange() {
        lakehouse.mysql(
                "CREATE TABLE goods (id INT PRIMARY KEY, a TINYINT, b INT, c INT UNSIGNED, d BIGINT, e DECIMAL(8,2),"
                        + " f DECIMAL(8,2), Color VARCHAR(20))",
                "INSERT INTO goods SELECT seq, 7, 7, 7, 7, 7.50, 7.50, 'red' FROM seq_1_to_3");
        lakehouse.extract("goods");
        lakehouse.load("goods");
        lakehouse.mysql(
                "ALTER TABLE goods MODIFY a INT, MODIFY b BIGINT, MODIFY c DECIMAL(20,0),"
                        + " MODIFY d BIGINT UNSIGNED, MODIFY e DECIMAL(10,2), MODIFY f DECIMAL(12,4),"
                        + " CHANGE Color color VARCHAR(20) AFTER id,"
                        + " ADD COLUMN w INT, ADD COLUMN `unit price (HKD)` DECIMAL(8,2)",
                "UPDATE goods SET color = 'blue' WHERE id = 1",
                "UPDATE goods SET `unit price (HKD)` = 9.90 WHERE id = 2",
                "INSERT INTO goods (id, a, b, c, d, e, f, color) VALUES (4, 100000, 3000000000, 4294967296,"
                        + " 18446744073709551615, 12345678.90, 12345678.9012, 'green')");
        lakehouse.extract("goods");

        assertThat(lakehouse.load("goods", "--schema-policy=discard"))
                .contains("column a is now", "column d is now", "column f is now")
                .contains("1 inserted, 1 updated, 0 deleted")
                .contains("without the columns left out: w, unit price (HKD)");
        assertThat(lakehouse.query("DESCRIBE lake.goods")).noneMatch(column -> column.matches("(?s)(w|unit).*"));

        lakehouse.mysql("UPDATE goods SET color = 'pink' WHERE id = 4");
        lakehouse.extract("goods");
        assertThat(lakehouse.load("goods"))
                .contains("new column w", "new column unit price (HKD)")
                .contains("0 inserted, 2 updated, 0 deleted");
        assertThat(lakehouse.query("DESCRIBE lake.goods"))
                .contains("a|int|null", "b|bigint|null", "c|decimal(20,0)|null", "d|decimal(20,0)|null")
                .contains("e|decimal(10,2)|null", "f|decimal(12,4)|null", "w|int|null");
        assertThat(lakehouse.query("SELECT id, color, `unit price (HKD)` FROM lake.goods ORDER BY id"))
                .containsExactly("1|blue|null", "2|red|9.90", "3|red|null", "4|pink|null");
        assertEqual();
    }

    @Test
    void aColumnIsNotNullAsLongAsItIsInTheSource() {
        lakehouse.mysql(
                "CREATE TABLE goods (id INT PRIMARY KEY, n INT NOT NULL, v INT, `at ${x}` DATE NOT NULL)",
                "INSERT INTO goods VALUES (1, 7, NULL, '2024-01-31')",
                "CREATE VIEW some AS SELECT id, n FROM goods");
        lakehouse.extract("goods");
        lakehouse.load("goods");
        assertThat(notNull("goods")).containsExactly("id", "n", "at ${x}");
        assertThatThrownBy(() -> delta("UPDATE lake.goods SET n = NULL")).hasMessageContaining("NOT NULL");
        lakehouse.mysql(
                "ALTER TABLE goods MODIFY n BIGINT, MODIFY `at ${x}` DATE", "INSERT INTO goods (id) VALUES (2)");
        lakehouse.extract("goods");

        assertThatThrownBy(() -> lakehouse.load("goods", "--schema-policy=freeze"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("schema policy is freeze");
        assertThat(lakehouse.load("goods"))
                .contains("column n is now BIGINT", "column n may be NULL", "column at ${x} may be NULL")
                .contains("1 inserted, 0 updated, 0 deleted");
        assertThat(notNull("goods")).containsExactly("id");
        assertEqual();

        lakehouse.extract("some", "--key=id");
        lakehouse.load("some");
        assertThat(notNull("some")).isEmpty();
    }

    private List<String> notNull(String table) {
        return Arrays.stream(
                        TestLakehouse.session().table("lake." + table).schema().fields())
                .filter(field -> !field.nullable() && !field.name().startsWith("_"))
                .map(StructField::name)
                .toList();
    }

    @Test
    void theStatementsOfTheMessagesLetAColumnGoAndBringOneAnew() {
        lakehouse.mysql(
                "CREATE TABLE goods (id INT PRIMARY KEY, n INT, v VARCHAR(20), _note VARCHAR(20))",
                "INSERT INTO goods VALUES (1, 7, NULL, 'old'), (2, 8, '8', 'old')");
        // As a table from before the features by which it follows its source.
        delta("CREATE SCHEMA IF NOT EXISTS lake LOCATION '" + lakehouse.warehouse() + "/lake'");
        delta("CREATE TABLE lake.goods (id INT, n INT, v STRING, _note STRING, _row_checksum BIGINT, _extract BIGINT,"
                + " _loaded_at TIMESTAMP) USING DELTA");
        lakehouse.extract("goods");
        lakehouse.load("goods");
        lakehouse.mysql("ALTER TABLE goods DROP COLUMN _note, MODIFY v INT, MODIFY n BIGINT");
        lakehouse.extract("goods");

        UserError refused = refusal();
        assertThat(refused.cause())
                .isEqualTo("Column `_note` is missing in the source."
                        + " Column `v` is STRING in the target and INT in the source.");
        delta(statements(refused));

        assertThat(lakehouse.load("goods"))
                .contains("new column v", "column n is now BIGINT")
                .contains("0 inserted, 1 updated, 0 deleted");
        assertEqual();
    }

    @Test
    void columnsCalledLikeTheLakehousesOwnAreRefusedByTheCheck() {
        lakehouse.mysql("CREATE TABLE goods (id INT PRIMARY KEY, _range INT, _ROW_CHECKSUM INT, _extract INT,"
                + " _loaded_at INT, _operation INT, _bad INT, _key0 INT, _reasons INT, _held INT, _metadata INT)");

        assertThatThrownBy(() -> lakehouse.task(CheckSource::main, lakehouse.source("goods")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("whose names are reserved: _range, _ROW_CHECKSUM, _extract, _loaded_at,"
                        + " _operation, _bad, _key0, _reasons, _held, _metadata.");
    }

    private static void delta(String statements) {
        SqlScript.of(statements).statements().forEach(TestLakehouse.session()::sql);
    }

    private void assertEqual() {
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    /** The statements of a message, as a person copies them. */
    private static String statements(UserError refused) {
        return refused.fix().substring(refused.fix().indexOf("\nALTER TABLE ") + 1);
    }

    private UserError refusal() {
        try {
            lakehouse.load("goods");
            throw new AssertionError("The load was not refused");
        } catch (UserError refused) {
            return refused;
        }
    }
}
