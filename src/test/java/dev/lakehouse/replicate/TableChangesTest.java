package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractSourceTable;
import dev.lakehouse.table.SqlScript;
import dev.lakehouse.testing.TestLakehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table of the source that goes, loses its rows, or gets another key. */
@Tag("e2e")
class TableChangesTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @BeforeEach
    void load() {
        lakehouse.mysql(
                "CREATE TABLE goods (id INT PRIMARY KEY, code INT NOT NULL, name VARCHAR(10))",
                "INSERT INTO goods SELECT seq, 100 - seq, 'x' FROM seq_1_to_5");
        lakehouse.extract("goods");
        lakehouse.load("goods");
    }

    @Test
    void anEmptiedTableIsLoadedOnceItsDeletionsAreAccepted() {
        lakehouse.mysql("TRUNCATE TABLE goods");
        lakehouse.extract("goods");

        UserError refused = refusal(() -> lakehouse.load("goods"));

        assertThat(refused.problem()).isEqualTo("The load would delete 5 of the 5 rows of lake.goods.");
        assertThat(lakehouse.ledger("message", "outcome = 'failed'")).containsExactly(refused.problem());
        assertThat(lakehouse.version("lake.goods")).isEqualTo(1);
        assertThat(lakehouse.load("goods", acceptingDeletes(refused))).contains("0 inserted, 0 updated, 5 deleted");
        assertEqual();
    }

    @Test
    void aDroppedOrRenamedTableLeavesTheDeltaTableAsItIsAndFillsAnotherOne() {
        lakehouse.mysql("RENAME TABLE goods TO wares");
        lakehouse.extract("wares");

        UserError gone = refusal(() -> lakehouse.extract("goods"));
        UserError other = refusal(() -> loadInto("wares", "lake.goods"));

        assertThat(gone).hasMessageContaining("There is no table 'goods'");
        assertThat(other)
                .hasMessageContaining("lake.goods is loaded from 'goods'")
                .hasMessageContaining("another --target for 'wares'");
        assertThat(lakehouse.load("goods")).contains("nothing     to load: extract 1 is the newest");
        assertThat(lakehouse.version("lake.goods")).isEqualTo(1);
        assertThat(lakehouse.ledger("message", "outcome = 'failed'")).containsExactly(gone.problem(), other.problem());
        assertThat(loadInto("wares", "lake.wares")).contains("5 inserted");
    }

    @Test
    void anotherKeyOfTheSameColumnsChangesNoRow() {
        List<String> keys = List.of("(code)", "(code, id)", "(id)");
        keys.forEach(key -> {
            lakehouse.mysql("ALTER TABLE goods DROP PRIMARY KEY, ADD PRIMARY KEY " + key);
            assertThat(lakehouse.extract("goods")).as(key).contains("wrote");
        });
        lakehouse.mysql(
                "ALTER TABLE goods DROP PRIMARY KEY, ADD PRIMARY KEY (code)",
                "UPDATE goods SET id = 7 WHERE id = 1",
                "UPDATE goods SET id = 1 WHERE id = 2");
        lakehouse.extract("goods");

        assertThat(lakehouse.load("goods", "--schema-policy=freeze"))
                .containsPattern(
                        "(?s)(0 inserted, 0 updated, 0 deleted.*){3}changed     0 inserted, 2 updated, 0 deleted");
        assertEqual();
    }

    @Test
    void aTableWithoutItsKeyIsMatchedByColumnsThatAreNamedOrAsAWhole() {
        lakehouse.mysql("ALTER TABLE goods DROP PRIMARY KEY");

        UserError refused = refusal(() -> lakehouse.extract("goods"));

        assertThat(refused).hasMessageContaining("has no key").hasMessageContaining("--key=COLUMN,COLUMN");
        lakehouse.extract("goods", "--key=code");
        lakehouse.mysql("INSERT INTO goods VALUES (1, 99, 'x')");
        lakehouse.extract("goods", "--key=*");
        assertThat(lakehouse.load("goods"))
                .containsPattern("(?s)0 inserted, 0 updated, 0 deleted.*1 inserted, 0 updated, 0 deleted");
        assertThat(lakehouse.reconcile("goods", "lake.goods", "--key=*")).contains("source = extract = Delta");

        lakehouse.mysql("DELETE FROM goods WHERE id = 1 LIMIT 1", "ALTER TABLE goods ADD PRIMARY KEY (id)");
        lakehouse.extract("goods");
        assertThat(lakehouse.load("goods")).contains("0 inserted, 1 updated, 0 deleted");
        assertEqual();
    }

    @Test
    void aKeyOfNewColumnsIsNeverLeftOutAndReplacesAllRowsOnceTheirDeletionIsAccepted() {
        lakehouse.mysql(
                "ALTER TABLE goods ADD COLUMN sku INT",
                "UPDATE goods SET sku = 10 * id",
                "ALTER TABLE goods DROP PRIMARY KEY, ADD PRIMARY KEY (sku)");
        lakehouse.extract("goods");

        UserError leftOut = refusal(() -> lakehouse.load("goods", "--schema-policy=discard"));
        UserError notCompared = refusal(() -> lakehouse.reconcile("goods", "lake.goods"));

        assertThat(leftOut).hasMessageContaining("new column `sku` in its key, and the schema policy is discard.");
        assertThat(notCompared).hasMessageContaining("cannot be compared with 'goods' by the key");
        assertThat(lakehouse.version("lake.goods")).isEqualTo(1);
        SqlScript.of(leftOut.fix().replaceFirst("(?s)^.*?\nALTER", "ALTER"))
                .statements()
                .forEach(TestLakehouse.session()::sql);
        UserError deleting = refusal(() -> lakehouse.load("goods", "--schema-policy=discard"));
        assertThat(lakehouse.load("goods", "--schema-policy=discard", acceptingDeletes(deleting)))
                .contains("5 inserted, 0 updated, 5 deleted");
        assertEqual();
    }

    @Test
    void theTasksOfADatabaseFollowAndRefuseInTheSameWay() {
        lakehouse.mysql("ALTER TABLE goods ADD COLUMN w INT DEFAULT 7, MODIFY code BIGINT NOT NULL");
        lakehouse.task(ExtractSourceTable::main, lakehouse.source("goods"));

        UserError refused = refusal(() -> loadSourceTable("--schema-policy=freeze"));

        assertThat(refused.problem()).endsWith("`w` is new, `code` has a wider type.");
        assertThat(lakehouse.version("lake.goods")).isEqualTo(1);
        assertThat(loadSourceTable("--schema-policy=discard"))
                .contains("column code is now BIGINT", "source = Delta", "left out    ");
        assertThat(loadSourceTable("--schema-policy=evolve"))
                .contains("new column w", "0 inserted, 5 updated, 0 deleted", "source = extract = Delta");
    }

    private String loadSourceTable(String policy) {
        List<String> options = new ArrayList<>(lakehouse.source("goods"));
        options.addAll(List.of("--target=lake.goods", "--steps=load,reconcile", policy));
        return lakehouse.task(LoadSourceTable::main, options);
    }

    private String loadInto(String table, String target) {
        return lakehouse.task(
                LoadTable::main, List.of("--table=" + table, "--landing=" + lakehouse.landing(), "--target=" + target));
    }

    private void assertEqual() {
        assertThat(lakehouse.reconcile("goods", "lake.goods")).contains("source = extract = Delta");
    }

    private static UserError refusal(ThrowingCallable task) {
        Throwable refused = catchThrowable(task);
        assertThat(refused).isInstanceOf(UserError.class);
        return (UserError) refused;
    }

    /** The option as the message has it. */
    private static String acceptingDeletes(UserError refused) {
        Matcher option = Pattern.compile("--accept-deletes \\d+").matcher(refused.fix());
        assertThat(option.find()).isTrue();
        return option.group().replace(' ', '=');
    }
}
