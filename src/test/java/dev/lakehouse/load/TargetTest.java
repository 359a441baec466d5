package dev.lakehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.TableName;
import dev.lakehouse.task.TaskContext;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a load finds in the history of its table instead of its rows. */
class TargetTest {
    private static final TableName NAME = new TableName("lake", "deliveries");
    private static final KeyedTable TABLE = new KeyedTable(NAME, List.of("id"), List.of("id"));

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final TaskContext context = TaskContexts.of(lakehouse);
    private final SparkSession session = TestLakehouse.session();

    @Test
    void aTableIsNewUntilACommitBringsRowsAndNeverAgain() {
        context.tables()
                .create(
                        NAME,
                        "CREATE TABLE lake.deliveries (id STRING, what STRING, _loaded_at TIMESTAMP) USING DELTA");
        session.sql("ALTER TABLE lake.deliveries ADD CONSTRAINT given CHECK (id <> '')");
        assertThat(target().isNew()).isTrue();

        session.sql("INSERT INTO lake.deliveries VALUES ('a', 'first', NULL)");
        assertThat(target().isNew()).isFalse();
        session.sql("DELETE FROM lake.deliveries");
        assertThat(target().isNew()).isFalse();
    }

    @Test
    void theSourceVersionIsCurrentUntilSomebodyElseChangesRows() {
        context.tables()
                .create(
                        NAME,
                        "CREATE TABLE lake.deliveries USING DELTA AS SELECT 'a' AS id, 'first' AS what,"
                                + " current_timestamp() AS _loaded_at");
        assertThat(target().isNew()).as("the table was created with rows").isFalse();
        assertThat(Target.currentSourceVersion(context.tables(), NAME)).isEmpty();

        DeltaSink.of(target())
                .sourceVersion("extract 7")
                .commit(MergePlan.newRows(target(), session.sql("SELECT 'b' AS id, 'second' AS what")));
        assertThat(Target.currentSourceVersion(context.tables(), NAME)).hasValue("extract 7");
        assertThat(Target.versionIfUnchangedSince(context.tables(), NAME, -1)).isEmpty();
        session.sql("OPTIMIZE lake.deliveries");
        session.sql("ALTER TABLE lake.deliveries SET TBLPROPERTIES ('kept' = 'a while')");
        assertThat(Target.currentSourceVersion(context.tables(), NAME)).hasValue("extract 7");

        assertThat(Target.versionIfUnchangedSince(context.tables(), NAME, 1)).hasValue(3);
        session.sql("ALTER TABLE lake.deliveries ADD COLUMNS (colour STRING)");
        assertThat(Target.versionIfUnchangedSince(context.tables(), NAME, 1)).isEmpty();
        assertThat(Target.versionIfUnchangedSince(context.tables(), NAME, 4)).hasValue(4);

        session.sql("UPDATE lake.deliveries SET what = 'edited' WHERE id = 'a'");
        assertThat(Target.currentSourceVersion(context.tables(), NAME)).isEmpty();
        assertThat(target().sourceVersion()).isEqualTo("extract 7");
    }

    private Target target() {
        return Target.open(context, TABLE);
    }
}
