package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.UserError;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Column changes in the source under each schema policy: which of them a load applies, and the fix for the others. */
@Tag("e2e")
class ColumnChangesTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE goods (id INT PRIMARY KEY, name VARCHAR(10) CHARACTER SET latin1, n INT NOT NULL,"
                            + " price DECIMAL(10,2), v VARCHAR(9))",
                    "INSERT INTO goods SELECT seq, CONCAT(seq, 'é'), seq, seq, seq FROM seq_1_to_5");

    /** Statements that change the source, and the statements of the message after which the load has nothing to refuse. */
    private record Refused(String policy, List<String> changes, String problem, String statements, String changed) {
        @Override
        public String toString() {
            return policy + ": " + changes;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                new Refused(
                        "freeze",
                        List.of(
                                "ALTER TABLE goods ADD COLUMN w INT, ADD COLUMN `a b` DATE, MODIFY n BIGINT,"
                                        + " MODIFY price DECIMAL(12,4)",
                                "UPDATE goods SET w = 7, n = NULL WHERE id = 1"),
                        "`w` is new, `a b` is new, `n` has a wider type, `price` has a wider type, `n` may be NULL.",
                        """
                        ALTER TABLE lake.goods ADD COLUMNS (`w` INT, `a b` DATE);
                        ALTER TABLE lake.goods ALTER COLUMN `n` TYPE BIGINT;
                        ALTER TABLE lake.goods ALTER COLUMN `price` TYPE DECIMAL(12,4);
                        ALTER TABLE lake.goods ALTER COLUMN `n` DROP NOT NULL;""",
                        "0 inserted, 1 updated, 0 deleted"),
                new Refused(
                        "freeze",
                        List.of("ALTER TABLE goods CHANGE price amount DECIMAL(10,2)"),
                        "`price` is missing, `amount` is new.",
                        "ALTER TABLE lake.goods RENAME COLUMN `price` TO `amount`;",
                        "0 inserted, 0 updated, 0 deleted"),
                new Refused(
                        "evolve",
                        List.of("ALTER TABLE goods CHANGE id good_id INT"),
                        "`id` is missing.",
                        "ALTER TABLE lake.goods RENAME COLUMN `id` TO `good_id`;",
                        "0 inserted, 0 updated, 0 deleted"),
                new Refused(
                        "evolve",
                        List.of(
                                "DROP TABLE goods",
                                "CREATE TABLE goods (id INT PRIMARY KEY, v INT, w INT)",
                                "INSERT INTO goods SELECT seq, seq, seq FROM seq_1_to_5"),
                        "`name` is missing, `n` is missing, `price` is missing, `v` has another type.",
                        """
                        ALTER TABLE lake.goods DROP COLUMN `name`;
                        ALTER TABLE lake.goods DROP COLUMN `n`;
                        ALTER TABLE lake.goods DROP COLUMN `price`;
                        ALTER TABLE lake.goods DROP COLUMN `v`;""",
                        "0 inserted, 5 updated, 0 deleted"),
                new Refused(
                        "discard",
                        List.of("ALTER TABLE goods DROP COLUMN price, MODIFY v INT"),
                        "`price` is missing, `v` has another type.",
                        """
                        ALTER TABLE lake.goods DROP COLUMN `price`;
                        ALTER TABLE lake.goods DROP COLUMN `v`;
                        ALTER TABLE lake.goods ADD COLUMNS (`v` INT);""",
                        "0 inserted, 5 updated, 0 deleted"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Refused change) {
        lakehouse.extract("goods");
        lakehouse.load("goods");
        long version = lakehouse.version("lake.goods");
        lakehouse.mysql(change.changes().toArray(String[]::new));
        lakehouse.extract("goods");

        UserError refused = refusal(change.policy());

        assertThat(refused.problem())
                .isEqualTo("The extract's columns do not fit the table lake.goods: " + change.problem());
        assertThat(lakehouse.version("lake.goods")).isEqualTo(version);
        assertThat(lakehouse.ledger("message", "outcome = 'failed'")).containsExactly(refused.problem());
        assertThat(statements(refused)).isEqualTo(change.statements());
        run(change.statements());
        assertThat(load(change.policy())).contains(change.changed());
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    @Test
    void whatKeepsTheValuesChangesNothing() {
        lakehouse.extract("goods");
        lakehouse.load("goods");
        long version = lakehouse.version("lake.goods");
        for (String same : List.of("name VARCHAR(10) CHARACTER SET utf8mb4", "n INT NOT NULL DEFAULT 7")) {
            lakehouse.mysql("ALTER TABLE goods MODIFY " + same);
            assertThat(lakehouse.extract("goods")).as(same).contains("unchanged");
        }
        List<String> changes = List.of(
                "MODIFY v VARCHAR(9) AFTER id, MODIFY n INT NOT NULL FIRST",
                "MODIFY n INT NOT NULL COMMENT 'number'",
                "MODIFY name VARCHAR(20)",
                "MODIFY price DECIMAL(10,2) NOT NULL",
                "MODIFY price DECIMAL(10,2)",
                "CHANGE id Id INT, CHANGE name Name VARCHAR(20)");
        for (String change : changes) {
            lakehouse.mysql("ALTER TABLE goods " + change);
            assertThat(lakehouse.extract("goods")).as(change).contains("wrote");
        }

        assertThat(Pattern.compile("0 inserted, 0 updated, 0 deleted")
                        .matcher(load("freeze"))
                        .results()
                        .map(MatchResult::group))
                .hasSameSizeAs(changes);
        assertThat(lakehouse.version("lake.goods")).isEqualTo(version);

        lakehouse.mysql("DELETE FROM goods WHERE Id = 1", "UPDATE goods SET Name = 'x' WHERE Id = 2");
        lakehouse.extract("goods");
        assertThat(load("freeze")).contains("0 inserted, 1 updated, 1 deleted");
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    @Test
    void aColumnThatWasLeftOutIsDroppedUnnoticedAndOneThatWasAddedIsNot() {
        lakehouse.extract("goods", "--without=price");
        lakehouse.load("goods");
        lakehouse.mysql("ALTER TABLE goods ADD COLUMN w INT DEFAULT 7");
        lakehouse.extract("goods", "--without=price");
        assertThat(load("discard")).contains("0 inserted, 0 updated, 0 deleted", "without the columns left out: w");
        lakehouse.mysql("ALTER TABLE goods DROP COLUMN w, DROP COLUMN price");
        lakehouse.extract("goods");

        assertThat(load("discard")).contains("0 inserted, 0 updated, 0 deleted").doesNotContain("left out");
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    @Test
    void rowsThatTheTableRefusesLeaveItsColumnsAsTheyWere() {
        lakehouse.extract("goods");
        lakehouse.load("goods");
        run("ALTER TABLE lake.goods UNSET TBLPROPERTIES ('lakehouse.not_null');");
        long version = lakehouse.version("lake.goods");
        lakehouse.mysql(
                "ALTER TABLE goods ADD COLUMN w INT DEFAULT 7, MODIFY n INT", "UPDATE goods SET n = NULL WHERE id = 1");
        lakehouse.extract("goods");

        UserError refused = refusal("evolve");

        assertThat(refused).hasMessageContaining("The load contains rows that lake.goods does not allow.");
        assertThat(lakehouse.version("lake.goods")).isEqualTo(version);
        run(statements(refused));
        assertThat(load("evolve")).contains("new column w", "0 inserted, 5 updated, 0 deleted");
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    private String load(String policy) {
        return lakehouse.load("goods", "--schema-policy=" + policy, "--delete-percent=30");
    }

    private UserError refusal(String policy) {
        try {
            load(policy);
            throw new AssertionError("The load was not refused");
        } catch (UserError refused) {
            return refused;
        }
    }

    /** The first statements of a message, as a person copies them. */
    private static String statements(UserError refused) {
        return refused.fix().replaceFirst("(?s)^.*?:\n(ALTER TABLE .*?;)(\nOtherwise .*)?$", "$1");
    }

    private static void run(String statements) {
        SqlScript.of(statements).statements().forEach(TestLakehouse.session()::sql);
    }
}
