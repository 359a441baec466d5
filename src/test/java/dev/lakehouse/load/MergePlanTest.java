package dev.lakehouse.load;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.TableName;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContext;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergePlanTest {
    private static final TableName NAME = new TableName("lake", "deliveries");

    /** A name that SQL text would have to quote, and in which Spark would replace a variable. */
    private static final KeyedTable TABLE = new KeyedTable(NAME, List.of("the `id` ${x}"), List.of());

    @TempDir
    Path folder;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final TaskContext context = TaskContexts.of(lakehouse);

    /** Versions are compared by their first column, then by the second, and so on. */
    @Test
    void ofTheRowsOfAKeyTheNewestIsStoredWhetherItIsDeliveredOrStored() {
        store();
        deliver(
                "('a', 'first', 1, 9)",
                "('a', 'later part', 2, 3)",
                "('a', 'last', 2, 4)",
                "('a', 'earlier', 1, 7)",
                "('b', 'only', 5, 1)");
        assertThat(rows()).containsExactly("a|last", "b|only");

        MergePlan plan = deliver("('a', 'last again', 2, 4)", "('b', 'older', 4, 9)", "('c', 'new', 0, 0)");
        assertThat(rows()).containsExactly("a|last", "b|only", "c|new");
        assertThat(counts(plan)).isEqualTo("1 inserted, 0 updated, 0 deleted");

        plan = deliver("('b', 'newer', 5, 2)", "('b', 'older', 5, 0)");
        assertThat(rows()).containsExactly("a|last", "b|newer", "c|new");
        assertThat(counts(plan)).isEqualTo("0 inserted, 1 updated, 0 deleted");
    }

    @Test
    void wantedRowsTakeThePlaceOfThoseThatAreHeld() {
        store("('a', 'same', 1, 1)", "('b', 'old', 1, 1)", "('c', 'gone', 1, 1)", "('d', 'not compared', 1, 1)");

        MergePlan plan = replace("('a', 'same', 1, 1)", "('b', 'new', 1, 1)", "('e', 'added', 1, NULL)");

        assertThat(counts(plan)).isEqualTo("1 inserted, 1 updated, 1 deleted");
        assertThat(rows()).containsExactly("a|same", "b|new", "d|not compared", "e|added");
        assertThat(replace("('a', 'same', 1, 1)", "('b', 'new', 1, 1)", "('e', 'added', 1, NULL)")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aKeyThatTheTableHasTwiceIsReducedToOneRow() {
        store("('a', 'once', 1, 1)", "('a', 'once', 1, 1)", "('b', 'kept', 1, 1)");

        MergePlan plan = replace("('a', 'once', 1, 1)", "('b', 'kept', 1, 1)");

        assertThat(plan.reduced()).isEqualTo(1);
        assertThat(rows()).containsExactly("a|once", "b|kept");
    }

    @Test
    void aRowThatIsNotAcceptedKeepsTheStoredOneOfItsKey() {
        store("('a', 'stored', 1, 1)", "('b', 'stored', 1, 1)");
        Dataset<Row> wanted = delivered("('a', 'bad', 2, 2)", "('b', 'good', 2, 2)", "('c', 'bad', 2, 2)");
        Target target = target();
        try (ScratchSpace scratch = scratch()) {
            MergePlan plan = MergePlan.fullState(
                    target,
                    RowState.of(wanted, col("what")).accepted(col("what").equalTo("good")),
                    RowState.of(target.rows(), col("what")),
                    wanted.where("what = 'good'"),
                    1,
                    scratch);
            DeltaSink.write(plan);

            assertThat(counts(plan)).isEqualTo("0 inserted, 1 updated, 0 deleted");
            assertThat(plan.stale()).isEqualTo(1);
        }
        assertThat(rows()).containsExactly("a|stored", "b|good");
    }

    @Test
    void aRowThatWasEditedInTheTableIsRepairedAndCountedApart() {
        store("('a', 'edited', 7, 1)", "('b', 'old', 7, 1)");
        Dataset<Row> wanted = delivered("('a', 'as delivered', 7, 1)", "('b', 'new', 8, 1)");
        Target target = target();
        try (ScratchSpace scratch = scratch()) {
            MergePlan plan = MergePlan.fullState(
                    target,
                    RowState.of(wanted, col("what")).origin(col("at")),
                    RowState.of(target.rows(), col("what")).origin(col("at")),
                    wanted,
                    100_000, // more than there are: the rows that changed are then kept
                    scratch);
            DeltaSink.write(plan);

            assertThat(plan.updated()).isEqualTo(2);
            assertThat(plan.repaired()).isEqualTo(1);
        }
        assertThat(rows()).containsExactly("a|as delivered", "b|new");
    }

    /** Creates the table with these rows. */
    private void store(String... rows) {
        Dataset<Row> stored = rows.length == 0 ? delivered("('', '', 0, 0)").limit(0) : delivered(rows);
        stored.createOrReplaceTempView("stored");
        context.tables().create(NAME, """
                CREATE TABLE lake.deliveries USING DELTA TBLPROPERTIES ('delta.columnMapping.mode' = 'name') AS
                SELECT *, current_timestamp() AS _loaded_at FROM stored""");
    }

    private MergePlan deliver(String... rows) {
        try (ScratchSpace scratch = scratch()) {
            MergePlan plan = MergePlan.newest(target(), delivered(rows), List.of("at", "part"), scratch);
            DeltaSink.write(plan);
            return plan;
        }
    }

    private MergePlan replace(String... rows) {
        try (ScratchSpace scratch = scratch()) {
            Target target = target();
            Dataset<Row> held = target.rows().where("what <> 'not compared'");
            MergePlan plan = MergePlan.fullState(target, delivered(rows), held, scratch);
            DeltaSink.write(plan);
            return plan;
        }
    }

    private static Dataset<Row> delivered(String... rows) {
        return TestLakehouse.session()
                .sql("SELECT * FROM VALUES " + String.join(", ", rows) + " AS delivered (id, what, at, part)")
                .withColumnRenamed("id", TABLE.key().get(0));
    }

    private Target target() {
        return Target.open(context, TABLE);
    }

    private ScratchSpace scratch() {
        return ScratchSpace.below(folder.toString());
    }

    private static String counts(MergePlan plan) {
        return LoadResult.changes(plan);
    }

    private List<String> rows() {
        return TestLakehouse.session().table("lake.deliveries").collectAsList().stream()
                .map(row -> row.getString(0) + "|" + row.getString(1))
                .sorted()
                .toList();
    }
}
