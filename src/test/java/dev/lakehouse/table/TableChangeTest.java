package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableChangeTest {
    private static final TableName NAME = new TableName("lake", "deliveries");

    @TempDir
    java.nio.file.Path scratch;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final Tables tables = Tables.at(TestLakehouse.session(), lakehouse.warehouse());

    /** Versions are compared by their first column, then by the second, and so on. */
    @Test
    void ofTheRowsOfAKeyTheNewestHoldsWhetherItIsDeliveredOrStored() {
        tables.create(
                NAME,
                "CREATE TABLE lake.deliveries (id STRING, what STRING, at INT, part INT, _loaded_at TIMESTAMP) USING DELTA");
        deliver(
                "('a', 'first', 1, 9)",
                "('a', 'later part', 2, 3)",
                "('a', 'last', 2, 4)",
                "('a', 'earlier', 1, 7)",
                "('b', 'only', 5, 1)");
        assertThat(rows()).containsExactly("a|last", "b|only");

        TableChange change = deliver("('a', 'last again', 2, 4)", "('b', 'older', 4, 9)", "('c', 'new', 0, 0)");
        assertThat(rows()).containsExactly("a|last", "b|only", "c|new");
        assertThat(List.of(change.inserted(), change.updated(), change.deleted()))
                .containsExactly(1L, 0L, 0L);

        change = deliver("('b', 'newer', 5, 2)", "('b', 'older', 5, 0)");
        assertThat(rows()).containsExactly("a|last", "b|newer", "c|new");
        assertThat(List.of(change.inserted(), change.updated(), change.deleted()))
                .containsExactly(0L, 1L, 0L);
    }

    @Test
    void theNoteOfTheLastLoadIsFoundBehindCommitsOfOthers() {
        tables.create(NAME, "CREATE TABLE lake.deliveries (id STRING, _loaded_at TIMESTAMP) USING DELTA");
        assertThat(target().note()).isEmpty();
        Dataset<Row> wanted = TestLakehouse.session().sql("SELECT 'a' AS id");
        TableChange.ofNewRows(target(), wanted).write(Instant.EPOCH, "so far 17");
        for (int i = 0; i < 6; i++) {
            TestLakehouse.session().sql("ALTER TABLE lake.deliveries SET TBLPROPERTIES ('kept' = '" + i + "')");
        }

        assertThat(target().note()).isEqualTo("so far 17");
    }

    private TableChange deliver(String... rows) {
        Dataset<Row> delivered = TestLakehouse.session()
                .sql("SELECT * FROM VALUES " + String.join(", ", rows) + " AS delivered (id, what, at, part)");
        TableChange change = TableChange.newer(
                target(),
                delivered,
                List.of("at", "part"),
                scratch.resolve("change").toString());
        change.write(Instant.EPOCH);
        return change;
    }

    private Target target() {
        tables.find(NAME);
        return Target.open(TestLakehouse.session(), tables, NAME, List.of("id"), List.of("id"));
    }

    private List<String> rows() {
        return lakehouse.query("SELECT id, what FROM lake.deliveries ORDER BY id");
    }
}
