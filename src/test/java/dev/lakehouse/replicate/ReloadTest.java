package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An extract that was loaded is loaded once more only where its table is not as a load would leave it. */
class ReloadTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    private void goods() {
        lakehouse.mysql(
                "CREATE TABLE goods (id INT PRIMARY KEY, name VARCHAR(50))",
                "INSERT INTO goods SELECT seq, CONCAT('article ', seq) FROM seq_1_to_10");
        lakehouse.extract("goods");
    }

    private static void delta(String statement) {
        TestLakehouse.session().sql(statement);
    }

    @Tag("e2e")
    @Test
    void anUnchangedTableIsNotTouchedAndOneThatOthersChangedIsHealed() {
        goods();
        FailPoint.once("load.committed", () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(() -> lakehouse.load("goods")).hasMessage("stopped");
        assertThat(lakehouse.load("goods"))
                .as("loaded, but not proven")
                .contains("once more: no load of it is known to be complete", "0 inserted, 0 updated, 0 deleted");

        delta("ALTER TABLE lake.goods SET TBLPROPERTIES ('contact' = 'somebody')");
        delta("OPTIMIZE lake.goods");
        long version = lakehouse.version("lake.goods");
        assertThat(lakehouse.load("goods")).contains("nothing     to load: extract 1 is the newest");
        assertThat(lakehouse.version("lake.goods")).isEqualTo(version);
        assertThat(lakehouse.ledger("extract, rows_inserted, rows_quarantined", "task = 'LoadTable' AND rows_read = 0"))
                .containsExactly("1|0|0");

        delta("UPDATE lake.goods SET name = 'edited' WHERE id = 1");
        delta("DELETE FROM lake.goods WHERE id = 2");
        assertThat(lakehouse.load("goods"))
                .contains("once more: the table or its quarantine was changed", "1 inserted, 1 updated, 0 deleted");
        assertThat(lakehouse.load("goods")).contains("nothing     to load");
        delta("UPDATE lake.goods SET name = name");
        assertThat(lakehouse.load("goods"))
                .as("a change without an effect")
                .contains("once more: the table or its quarantine was changed", "0 inserted, 0 updated, 0 deleted");

        assertThat(lakehouse.load("goods", "--schema-policy=freeze"))
                .contains("once more: the rules of the load have changed", "0 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.load("goods", "--schema-policy=freeze")).contains("nothing     to load");
    }

    @Test
    void aQuarantinedRowThatLooksLikeTheOneBeforeIsNotPassedOverByTheComparison() {
        lakehouse.mysql(
                "CREATE TABLE posts (id INT PRIMARY KEY, at DATETIME)",
                "INSERT INTO posts VALUES (1, NULL), (2, NULL)");
        lakehouse.extract("posts", "--invalid-dates=quarantine");
        lakehouse.load("posts");
        assertThat(lakehouse.reconcile("posts", "lake.posts")).contains("source = extract = Delta\n");

        lakehouse.mysql("SET SESSION sql_mode = ''", "UPDATE posts SET at = '0000-00-00' WHERE id = 2");
        lakehouse.extract("posts", "--invalid-dates=quarantine");
        lakehouse.load("posts");

        assertThat(lakehouse.reconcile("posts", "lake.posts"))
                .contains("source = extract = Delta; 1 row of the source in quarantine");
    }

    @Tag("e2e")
    @Test
    void quarantinedRowsAreValidatedAgainAtTheInstantOfTheLatestProof() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        lakehouse.mysql(
                "CREATE TABLE members (member_id CHAR(36) PRIMARY KEY, first_name VARCHAR(50), last_name VARCHAR(50),"
                        + " email VARCHAR(50), phone_number VARCHAR(50), address VARCHAR(50), city VARCHAR(50),"
                        + " country VARCHAR(50), registration_date DATE)",
                "INSERT INTO members VALUES ('a', 'A', 'B', 'a@b', '', '', '', '', '" + today + "'),"
                        + " ('b', 'A', 'B', 'a@b', '', '', '', '', '" + today.plusDays(3) + "'),"
                        + " ('c', 'A', 'B', 'nobody', '', '', '', '', '" + today + "')");
        lakehouse.extract("members");
        assertThat(lakehouse.loadMembers()).contains("1 inserted", "2 rows in members.members_quarantine");
        delta("DELETE FROM members.members_quarantine WHERE member_id = 'c'");
        assertThat(lakehouse.loadMembers()).contains("once more: the table or its quarantine was changed");

        String threeDaysLater = "--now=" + today.plusDays(3) + "T12:00:00Z";
        assertThat(lakehouse.loadMembers(threeDaysLater))
                .as("the extract is of today")
                .contains("nothing     to load");
        assertThat(lakehouse.extract("members", threeDaysLater)).contains("unchanged   members = extract 1");
        FailPoint.once("load.quarantined", () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(() -> lakehouse.loadMembers(threeDaysLater)).hasMessage("stopped");
        assertThat(lakehouse.loadMembers(threeDaysLater))
                .as("the row has left the quarantine only")
                .contains("once more: the table or its quarantine was changed", "1 inserted");
        assertThat(lakehouse.query("SELECT member_id FROM members.members_quarantine"))
                .containsExactly("c");
        assertThat(lakehouse.loadMembers(threeDaysLater)).contains("nothing     to load");
    }
}
