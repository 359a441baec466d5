package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads of any table, without a DDL file: what changes, what does not, what is refused. */
class LoadTableTest {
    private static final String ROWS = "SELECT id, name, price, day FROM lake.shop ORDER BY id";

    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50) COMMENT 'it''s shown', price DECIMAL(8,2),"
                            + " day DATE) CHARACTER SET utf8mb4",
                    "INSERT INTO shop SELECT seq, CONCAT('article ', seq), seq, '2025-01-31' FROM seq_1_to_20");

    @BeforeEach
    void firstLoad() {
        lakehouse.extract("shop");
        lakehouse.load("shop");
    }

    @Test
    void theFirstLoadMakesTheTableAndWithoutAChangeTheNextWritesNothing() {
        assertThat(lakehouse.query(ROWS)).hasSize(20).contains("7|article 7|7.00|2025-01-31");
        assertThat(lakehouse.query("SELECT DISTINCT _extract FROM lake.shop")).containsExactly("1");
        assertThat(lakehouse.query("DESCRIBE lake.shop"))
                .contains("id|int|null", "name|string|it's shown", "price|decimal(8,2)|null", "day|date|null")
                .contains("_row_checksum|bigint|null", "_extract|bigint|null", "_loaded_at|timestamp|null");
        long version = lakehouse.version("lake.shop");
        long files = lakehouse.dataFiles("lake.shop");

        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop")).contains("0 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.load("shop")).contains("extract 2 is the newest");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);
        assertThat(lakehouse.dataFiles("lake.shop")).isEqualTo(files);
    }

    @Test
    void exactlyWhatChangedIsAppliedInOneCommit() {
        long version = lakehouse.version("lake.shop");
        lakehouse.mysql(
                "UPDATE shop SET name = NULL WHERE id = 3",
                "UPDATE shop SET price = 0.01 WHERE id = 4",
                "DELETE FROM shop WHERE id IN (5, 6)",
                "INSERT INTO shop VALUES (100, '', NULL, NULL)");
        lakehouse.extract("shop");

        assertThat(lakehouse.load("shop")).contains("1 inserted, 2 updated, 2 deleted");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version + 1);
        assertThat(lakehouse.query(ROWS))
                .hasSize(19)
                .contains("3|null|3.00|2025-01-31", "4|article 4|0.01|2025-01-31", "100||null|null")
                .noneMatch(row -> row.startsWith("5|") || row.startsWith("6|"));
        assertThat(lakehouse.query("SELECT id FROM lake.shop WHERE _extract = 2 ORDER BY id"))
                .containsExactly("3", "4", "100");
    }

    @Test
    void extractsThatWaitAreLoadedInTheirOrderEachOnce() {
        lakehouse.mysql("UPDATE shop SET name = 'second' WHERE id = 1");
        lakehouse.extract("shop");
        lakehouse.mysql("UPDATE shop SET name = 'third' WHERE id = 1");
        lakehouse.extract("shop");
        long version = lakehouse.version("lake.shop");

        lakehouse.load("shop");

        assertThat(lakehouse.version("lake.shop")).isEqualTo(version + 2);
        assertThat(lakehouse.query("SELECT name, _extract FROM lake.shop WHERE id = 1"))
                .containsExactly("third|3");
        assertThat(lakehouse.ledger("extract, rows_updated", "task = 'LoadTable'"))
                .containsExactly("1|0", "2|1", "3|1");
    }

    @Test
    void aLoadThatWouldDeleteTooMuchIsRefusedUntilItIsAccepted() {
        lakehouse.mysql("DELETE FROM shop WHERE id <= 5");
        lakehouse.extract("shop");
        long version = lakehouse.version("lake.shop");

        assertThatThrownBy(() -> lakehouse.load("shop"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("would delete 5 of the 20 rows")
                .hasMessageContaining("--accept-deletes 5");
        assertThatThrownBy(() -> lakehouse.load("shop", "--accept-deletes=4")).isInstanceOf(UserError.class);
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);

        assertThat(lakehouse.load("shop", "--accept-deletes=5")).contains("5 deleted");
        assertThat(lakehouse.query(ROWS)).hasSize(15);

        lakehouse.mysql("DELETE FROM shop WHERE id <= 8");
        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop")).as("a fifth may go").contains("3 deleted");
    }

    @Test
    void aNewerExtractTakesThePlaceOfOneThatWasRefused() {
        lakehouse.mysql("DELETE FROM shop WHERE id <= 15");
        lakehouse.extract("shop");
        assertThatThrownBy(() -> lakehouse.load("shop")).isInstanceOf(UserError.class);
        lakehouse.mysql("INSERT INTO shop SELECT seq, 'back', seq, '2025-01-31' FROM seq_1_to_15");
        lakehouse.extract("shop");

        assertThat(lakehouse.load("shop")).contains("Extract 2 is superseded").contains("15 updated, 0 deleted");
        assertThat(lakehouse.ledger("outcome", "task = 'LoadTable' AND extract = 2"))
                .containsExactly("failed", "superseded");
    }

    @Test
    void newColumnsAreRefusedOrLeftOutOrAddedAsThePolicySays() {
        lakehouse.mysql(
                "ALTER TABLE shop ADD COLUMN colour VARCHAR(10)", "UPDATE shop SET colour = 'red' WHERE id = 1");
        lakehouse.extract("shop");

        assertThatThrownBy(() -> lakehouse.load("shop", "--schema-policy=freeze"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("`colour`");
        assertThat(lakehouse.load("shop", "--schema-policy=discard"))
                .contains("0 inserted, 0 updated, 0 deleted")
                .contains("without the columns left out: colour");
        assertThat(lakehouse.query("DESCRIBE lake.shop")).noneMatch(column -> column.startsWith("colour"));

        lakehouse.mysql("UPDATE shop SET colour = 'blue'");
        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop")).contains("new column colour").contains("20 updated");
        assertThat(lakehouse.query("SELECT DISTINCT colour FROM lake.shop")).containsExactly("blue");
    }

    @Test
    void aCompositeKeyIsMatchedWhole() {
        lakehouse.mysql(
                "CREATE TABLE stock (shop INT, article VARCHAR(9) COLLATE utf8mb4_general_ci, n INT, PRIMARY KEY (shop, article))",
                "INSERT INTO stock VALUES (1, 'a', 1), (1, 'b', 2), (2, 'a', 3), (2, 'B', 4), (3, 'c', 5)");
        lakehouse.extract("stock");
        lakehouse.load("stock");
        lakehouse.mysql(
                "UPDATE stock SET n = 9 WHERE shop = 2 AND article = 'a'",
                "UPDATE stock SET article = 'b' WHERE article = 'B' AND shop = 2");
        lakehouse.extract("stock");

        // To MySQL the key 'B' is the same as 'b'; the bytes differ, so the row is another one.
        assertThat(lakehouse.load("stock")).contains("1 inserted, 1 updated, 1 deleted");
        assertThat(lakehouse.query("SELECT shop, article, n FROM lake.stock ORDER BY shop, article"))
                .containsExactly("1|a|1", "1|b|2", "2|a|9", "2|b|4", "3|c|5");
    }

    @Test
    void whatDiffersIsNamedAndCountedByReconcile() {
        assertThat(lakehouse.reconcile("shop", "lake.shop")).contains("source = extract = Delta");
        lakehouse.mysql(
                "UPDATE shop SET name = 'x' WHERE id = 2",
                "DELETE FROM shop WHERE id = 3",
                "INSERT INTO shop VALUES (77, 'y', 1, NULL)");

        assertThat(lakehouse.reconcile("shop", "lake.shop"))
                .contains("source      20 rows", "extract 1   20 rows", "Delta       20 rows")
                .contains("2: different rows", "3: only in Delta", "77: only in the source")
                .contains("differ      1 key different rows", "1 key only in Delta", "1 key only in the source")
                .doesNotContain("= Delta");
        assertThat(lakehouse.ledger("outcome", "task = 'ReconcileTable'")).containsExactly("succeeded", "differs");

        lakehouse.mysql("INSERT INTO shop SELECT seq, 'y', 1, NULL FROM seq_101_to_200");
        String printed = lakehouse.reconcile("shop", "lake.shop");
        assertThat(printed.lines().filter(line -> line.endsWith(": only in the source")))
                .hasSize(20);
        assertThat(printed).contains("101 keys only in the source; the first 20 are shown");
    }
}
