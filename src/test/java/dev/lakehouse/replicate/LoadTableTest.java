package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Test;

/** Loads of any table, without a DDL file: what changes, what does not, what is refused. */
class LoadTableTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private void shop() {
        lakehouse.mysql(
                "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50) COMMENT 'it''s shown', price DECIMAL(8,2),"
                        + " day DATE) CHARACTER SET utf8mb4",
                "INSERT INTO shop SELECT seq, CONCAT('article ', seq), seq, '2025-01-31' FROM seq_1_to_20");
        lakehouse.extract("shop");
        lakehouse.load("shop");
    }

    @Test
    void theFirstLoadMakesTheTableAndWhereNoValueChangesTheNextWritesNothing() {
        shop();
        assertThat(lakehouse.query("SELECT id, name, price, day FROM lake.shop"))
                .hasSize(20)
                .contains("7|article 7|7.00|2025-01-31");
        assertThat(lakehouse.query("SELECT DISTINCT _extract FROM lake.shop")).containsExactly("1");
        assertThat(lakehouse.query("DESCRIBE lake.shop"))
                .contains("id|int|null", "name|string|it's shown", "price|decimal(8,2)|null", "day|date|null")
                .contains("_row_checksum|bigint|null", "_extract|bigint|null", "_loaded_at|timestamp|null");
        long version = lakehouse.version("lake.shop");
        long files = lakehouse.dataFiles("lake.shop");

        lakehouse.mysql("ALTER TABLE shop MODIFY day DATE AFTER id");
        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop")).contains("0 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.load("shop")).contains("extract 2 is the newest");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);
        assertThat(lakehouse.dataFiles("lake.shop")).isEqualTo(files);
    }

    @Test
    void ofExtractsThatWaitEachIsAppliedInItsOrderInOneCommitByTheWholeKey() {
        lakehouse.mysql(
                "CREATE TABLE stock (shop INT, article VARCHAR(9) COLLATE utf8mb4_general_ci, name VARCHAR(50),"
                        + " price DECIMAL(8,2), PRIMARY KEY (shop, article))",
                "INSERT INTO stock SELECT 9, seq, 'other', seq FROM seq_1_to_20",
                "INSERT INTO stock VALUES (1, 'a', 'x', 1), (1, 'b', 'x', 2), (2, 'a', 'x', 3), (2, 'B', 'x', 4)");
        lakehouse.extract("stock");
        lakehouse.load("stock");
        long version = lakehouse.version("lake.stock");
        lakehouse.mysql(
                "UPDATE stock SET name = NULL WHERE shop = 1 AND article = 'a'",
                "UPDATE stock SET name = 'second' WHERE shop = 1 AND article = 'b'",
                "UPDATE stock SET price = 0.01 WHERE shop = 2 AND article = 'a'",
                "UPDATE stock SET article = 'b' WHERE shop = 2 AND article = 'B'",
                "DELETE FROM stock WHERE shop = 9 AND article IN ('5', '6')",
                "INSERT INTO stock VALUES (3, '', '', NULL)");
        lakehouse.extract("stock");
        lakehouse.mysql("UPDATE stock SET name = 'third' WHERE shop = 1 AND article = 'b'");
        lakehouse.extract("stock");

        // To MySQL the key 'B' is the same as 'b'; the bytes differ, so the row is another one.
        assertThat(lakehouse.load("stock"))
                .contains("2 inserted, 3 updated, 3 deleted", "0 inserted, 1 updated, 0 deleted");

        assertThat(lakehouse.version("lake.stock")).isEqualTo(version + 2);
        assertThat(lakehouse.query("SELECT shop, article, name, price, _extract FROM lake.stock WHERE shop < 9 ORDER BY"
                        + " shop, article"))
                .containsExactly("1|a|null|1.00|2", "1|b|third|2.00|3", "2|a|x|0.01|2", "2|b|x|4.00|2", "3|||null|2");
        assertThat(lakehouse.query("SELECT article FROM lake.stock WHERE shop = 9 AND _extract = 1"))
                .hasSize(18)
                .doesNotContain("5", "6");
        assertThat(lakehouse.ledger("extract, rows_updated", "task = 'LoadTable'"))
                .containsExactly("1|0", "2|3", "3|1");
    }

    @Test
    void aLoadThatWouldDeleteTooMuchIsRefusedUntilItIsAcceptedOrANewerExtractTakesItsPlace() {
        shop();
        lakehouse.mysql("DELETE FROM shop WHERE id <= 15");
        lakehouse.extract("shop");
        long version = lakehouse.version("lake.shop");

        assertThatThrownBy(() -> lakehouse.load("shop"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("would delete 15 of the 20 rows")
                .hasMessageContaining("--accept-deletes 15");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);

        lakehouse.mysql("INSERT INTO shop SELECT seq, 'back', seq, '2025-01-31' FROM seq_1_to_10");
        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop", "--accept-deletes=5"))
                .contains("Extract 2 is superseded")
                .contains("0 inserted, 10 updated, 5 deleted");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version + 1);
        assertThat(lakehouse.query("SELECT count(*), count_if(name = 'back') FROM lake.shop"))
                .containsExactly("15|10");
        assertThat(lakehouse.ledger("outcome", "task = 'LoadTable' AND extract = 2"))
                .containsExactly("failed", "superseded");
    }
}
