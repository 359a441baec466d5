package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A source that went on and a Delta table that somebody changed by hand: reconcile names what differs, a load heals it. */
@Tag("e2e")
class ChangedTargetTest {
    private static final String REUSE = "--reuse-proof-minutes=15";

    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO shop SELECT seq, CONCAT('article ', seq) FROM seq_1_to_10");

    private static void delta(String statement) {
        TestLakehouse.session().sql(statement);
    }

    @Test
    void whatDiffersIsNamedAndCountedAndHealedByTheNextLoad() {
        lakehouse.extract("shop");
        lakehouse.load("shop");
        delta("UPDATE lake.shop SET name = 'edited' WHERE id = 1");
        delta("INSERT INTO lake.shop SELECT * FROM lake.shop WHERE id = 2");
        delta("DELETE FROM lake.shop WHERE id = 3");
        lakehouse.mysql(
                "UPDATE shop SET name = 'x' WHERE id = 4",
                "DELETE FROM shop WHERE id = 5",
                "INSERT INTO shop SELECT seq, 'y' FROM seq_101_to_200");

        String printed = lakehouse.reconcile("shop", "lake.shop");

        assertThat(printed)
                .contains("source      109 rows", "extract 1   10 rows", "Delta       10 rows")
                .contains("1: different rows", "4: different rows", "2: more than once in Delta", "5: only in Delta")
                .contains("3: only in the source", "101: only in the source")
                .contains("differ      2 keys different rows", "1 key more than once in Delta", "1 key only in Delta")
                .contains("101 keys only in the source; the first 20 are shown")
                .doesNotContain("= Delta");
        assertThat(printed.lines().filter(line -> line.endsWith(": only in the source")))
                .hasSize(20);
        assertThat(lakehouse.ledger("outcome", "task = 'ReconcileTable'")).containsExactly("differs");

        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop"))
                .contains("101 inserted, 3 updated, 1 deleted")
                .contains("1 row edited and 1 key stored more than once. They are now as in the extract again");

        assertThat(lakehouse.query("SELECT id, name FROM lake.shop"))
                .hasSize(109)
                .contains("1|article 1", "2|article 2", "3|article 3", "4|x");
        assertThat(lakehouse.reconcile("shop", "lake.shop"))
                .containsPattern(
                        "Delta       109 rows, checksum -?\\d+, proven by its last load and not changed since\n")
                .contains("source = extract = Delta");
        assertTakesOverYoungProof();
        delta("UPDATE lake.shop SET name = 'edited' WHERE id = 1");
        assertThat(lakehouse.reconcile("shop", "lake.shop", REUSE))
                .contains("1: different rows")
                .doesNotContain("proven by its last load", ", as proven at");
    }

    private void assertTakesOverYoungProof() {
        lakehouse.mysql("UPDATE shop SET name = 'changed' WHERE id = 7");
        assertThat(lakehouse.reconcile("shop", "lake.shop", REUSE))
                .containsPattern("source      109 rows, checksum -?\\d+, as proven at 20[^ ]+Z\n")
                .contains("source = extract = Delta");
        assertThat(lakehouse.reconcile("shop", "lake.shop"))
                .contains("7: different rows")
                .doesNotContain(", as proven at");
        lakehouse.mysql("UPDATE shop SET name = 'article 7' WHERE id = 7");
    }

    /** Delta skips a transaction number that it has seen; the number of the extract is one after its first load. */
    @Test
    void anExtractIsLoadedAgainWhereTheLedgerDoesNotKnowIt() {
        lakehouse.extract("shop");
        lakehouse.mysql("DELETE FROM shop WHERE id = 10");
        lakehouse.extract("shop");
        lakehouse.load("shop");
        // Only rows were deleted, so none bears the number of the extract: it counts as not loaded.
        TestLakehouse.commitLedger();
        delta("DELETE FROM ops.task_runs WHERE table_name = 'lake.shop' AND extract = 2");
        delta("UPDATE lake.shop SET name = 'edited' WHERE id = 1");

        assertThat(lakehouse.load("shop")).contains("0 inserted, 1 updated, 0 deleted");

        assertThat(lakehouse.query("SELECT id, name FROM lake.shop")).hasSize(9).contains("1|article 1");
    }
}
