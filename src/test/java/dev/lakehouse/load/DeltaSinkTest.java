package dev.lakehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.table.TableName;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContext;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaSinkTest {
    private static final TableName NAME = new TableName("lake", "deliveries");
    private static final KeyedTable TABLE = new KeyedTable(NAME, List.of("id"), List.of("id"));

    /** A static setting is refused as serverless compute refuses those of Delta. */
    private static final Map<String, String> REFUSED = Map.of("spark.sql.warehouse.dir", "/elsewhere");

    @TempDir
    Path folder;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final TaskContext context = TaskContexts.of(lakehouse);
    private final SparkSession session = TestLakehouse.session();

    @BeforeEach
    void create() {
        context.tables().create(NAME, """
                CREATE TABLE lake.deliveries USING DELTA AS
                SELECT id, what, current_timestamp() AS _loaded_at
                FROM VALUES ('a', 'first'), ('b', 'second') AS t (id, what)""");
    }

    @Test
    void aPlanIsOneCommitThatLeavesNoSettingInTheSessionAndAnEmptyOneIsNone() {
        long before = lakehouse.version("lake.deliveries");

        DeltaSink.write(plan("('a', 'changed')", "('c', 'new')"));
        assertThat(rows()).containsExactly("a|changed", "c|new");
        assertThat(lakehouse.version("lake.deliveries")).isEqualTo(before + 1);
        assertThat(session.conf()
                        .getOption("spark.databricks.delta.write.txnAppId")
                        .isEmpty())
                .isTrue();
        assertThat(session.conf()
                        .getOption("spark.databricks.delta.commitInfo.userMetadata")
                        .isEmpty())
                .isTrue();

        DeltaSink.write(plan("('a', 'changed')", "('c', 'new')"));
        assertThat(lakehouse.version("lake.deliveries")).isEqualTo(before + 1);
    }

    /** As a batch of a stream does. */
    @Test
    void rowsMayComeInAnotherSessionThanTheTarget() {
        Dataset<Row> delivered = session.newSession().sql("SELECT 'a' AS id, 'newer' AS what");
        long before = lakehouse.version("lake.deliveries");

        DeltaSink.write(MergePlan.newest(target(), delivered, List.of("what"), ScratchSpace.below(folder.toString())));

        assertThat(rows()).containsExactly("a|newer", "b|second");
        assertThat(lakehouse.version("lake.deliveries")).isEqualTo(before + 1);
    }

    @Test
    void theSourceVersionOfTheLastLoadIsFoundBehindCommitsOfOthers() {
        assertThat(target().sourceVersion()).isEmpty();
        MergePlan plan = plan("('a', 'changed')");
        DeltaSink.of(plan.target()).sourceVersion("so far 17").commit(plan);
        for (int i = 0; i < 6; i++) {
            session.sql("ALTER TABLE lake.deliveries SET TBLPROPERTIES ('kept' = '" + i + "')");
        }

        assertThat(target().sourceVersion()).isEqualTo("so far 17");
    }

    @Test
    void ofTwoPlansAgainstTheSameStateOneIsRefusedAlsoWhereMaintenanceCommitsInBetween() {
        MergePlan one = MergePlan.newRows(target(), rows("('c', 'one')"));
        session.sql("ALTER TABLE lake.deliveries SET TBLPROPERTIES ('kept' = 'a while')");
        MergePlan other = MergePlan.newRows(target(), rows("('c', 'other')"));
        DeltaSink.write(other);

        assertThatThrownBy(() -> DeltaSink.write(one))
                .isInstanceOf(ConcurrentWriteException.class)
                .hasMessageContaining("Another writer changed lake.deliveries during the load.");
        assertThat(rows()).containsExactly("a|first", "b|second", "c|other");
    }

    @Test
    void anExtractIsWrittenOnceAndAgainWhereTheTableWasEditedSince() {
        write(7, plan("('a', 'extract 7')"));
        session.sql("UPDATE lake.deliveries SET what = 'edited'");

        write(7, plan("('a', 'extract 7')"));
        assertThat(rows()).containsExactly("a|extract 7");

        MergePlan late = plan("('a', 'extract 7 planned before')");
        write(8, plan("('a', 'extract 8')"));
        assertThatThrownBy(() -> write(7, late)).isInstanceOf(ConcurrentWriteException.class);
        assertThat(rows()).containsExactly("a|extract 8");
    }

    @Test
    void aStepIsDoneAgainUntilNobodyIsInItsWay() {
        AtomicInteger attempts = new AtomicInteger();

        String done = DeltaSink.retrying(() -> {
            MergePlan plan = MergePlan.newRows(target(), rows("('d', 'mine')"));
            if (attempts.incrementAndGet() < 3) {
                DeltaSink.write(MergePlan.newRows(target(), rows("('other " + attempts + "', 'not mine')")));
            }
            DeltaSink.write(plan);
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThat(attempts).hasValue(3);
        assertThat(rows()).hasSize(5).contains("d|mine");
    }

    @Test
    void rowsThatAConstraintRefusesAreAUsersError() {
        session.sql("ALTER TABLE lake.deliveries ADD CONSTRAINT known CHECK (what <> 'forbidden')");

        assertThatThrownBy(() -> DeltaSink.write(plan("('a', 'forbidden')")))
                .isInstanceOf(RejectedRowsException.class)
                .hasMessageContaining("The load contains rows that lake.deliveries does not allow.");
        assertThat(rows()).containsExactly("a|first", "b|second");
    }

    @Test
    void changesAreMergedWhereTheComputeRefusesSettings() {
        MergePlan plan = plan("('a', 'changed')", "('c', 'new')");

        DeltaSink.of(plan.target()).commit(plan, settings -> REFUSED);

        assertThat(rows()).containsExactly("a|changed", "c|new");
    }

    @Test
    void withoutSettingsATableThatChangedAfterTheComparisonIsLeftAlone() {
        MergePlan plan = plan("('a', 'changed')");
        session.sql("INSERT INTO lake.deliveries VALUES ('c', 'of somebody else', current_timestamp())");

        assertThatThrownBy(() -> DeltaSink.of(plan.target()).commit(plan, settings -> REFUSED))
                .isInstanceOf(ConcurrentWriteException.class);

        assertThat(rows()).containsExactly("a|first", "b|second", "c|of somebody else");
    }

    private void write(long extract, MergePlan plan) {
        DeltaSink.of(plan.target()).extract(extract).commit(plan);
    }

    /** Brings the table to exactly these rows. */
    private MergePlan plan(String... rows) {
        Target target = target();
        return MergePlan.fullState(target, rows(rows), target.rows(), ScratchSpace.below(folder.toString()));
    }

    private Dataset<Row> rows(String... rows) {
        return session.sql("SELECT * FROM VALUES " + String.join(", ", rows) + " AS wanted (id, what)");
    }

    private Target target() {
        return Target.open(context, TABLE);
    }

    private List<String> rows() {
        return lakehouse.query("SELECT id, what FROM lake.deliveries ORDER BY id");
    }
}
