package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Delta table that somebody changed by hand: reconcile names what differs, and the next load heals it. */
class ChangedTargetTest {
    private static final String ROWS = "SELECT id, name FROM lake.shop ORDER BY id";

    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO shop SELECT seq, CONCAT('article ', seq) FROM seq_1_to_10");

    @BeforeEach
    void firstLoad() {
        lakehouse.extract("shop");
        lakehouse.load("shop");
    }

    private static void delta(String statement) {
        TestLakehouse.session().sql(statement);
    }

    @Test
    void anEditedADoubledAndARemovedRowAreNamedAndHealed() {
        delta("UPDATE lake.shop SET name = 'edited' WHERE id = 1");
        delta("INSERT INTO lake.shop SELECT * FROM lake.shop WHERE id = 2");
        delta("DELETE FROM lake.shop WHERE id = 3");

        assertThat(lakehouse.reconcile("shop", "lake.shop"))
                .contains("1: different rows", "2: more than once in Delta", "3: only in the source");
        assertThat(lakehouse.ledger("outcome", "task = 'ReconcileTable'")).containsExactly("differs");

        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop"))
                .contains("1 inserted, 2 updated, 0 deleted")
                .contains("1 row edited and 1 key stored more than once; they are as in the extract again");

        assertThat(lakehouse.query(ROWS)).hasSize(10).contains("1|article 1", "2|article 2", "3|article 3");
        assertThat(lakehouse.reconcile("shop", "lake.shop")).contains("source = extract = Delta");
    }

    /** Delta skips a transaction number that it has seen; the number of the extract is one after its first load. */
    @Test
    void anExtractIsLoadedAgainWhereTheLedgerDoesNotKnowIt() {
        lakehouse.mysql("DELETE FROM shop WHERE id = 10");
        lakehouse.extract("shop");
        lakehouse.load("shop");
        // Only rows were deleted, so none bears the number of the extract: it counts as not loaded.
        delta("DELETE FROM ops.task_runs WHERE table_name = 'lake.shop' AND extract = 2");
        delta("UPDATE lake.shop SET name = 'edited' WHERE id = 1");

        assertThat(lakehouse.load("shop")).contains("0 inserted, 1 updated, 0 deleted");

        assertThat(lakehouse.query(ROWS)).hasSize(9).contains("1|article 1");
    }
}
