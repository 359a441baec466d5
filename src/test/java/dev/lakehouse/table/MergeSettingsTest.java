package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.testing.TestLakehouse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Static settings of Spark are refused as serverless compute refuses those of Delta. */
class MergeSettingsTest {
    private static final String MARK = "spark.databricks.delta.commitInfo.userMetadata";
    private static final Map<String, String> REFUSED = Map.of(MARK, "a mark", "spark.sql.warehouse.dir", "/elsewhere");
    private static final TableName NAME = new TableName("lake", "deliveries");

    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final SparkSession session = TestLakehouse.session();
    private final Tables tables = Tables.at(session, lakehouse.warehouse());

    @Test
    void theMergeRunsWithItsSettingsAndLeavesNoneBehind() {
        new MergeSettings(Map.of(MARK, "a mark"))
                .run(session, () -> assertThat(session.conf().get(MARK)).isEqualTo("a mark"), () -> assertThat(false)
                        .as("refused")
                        .isTrue());

        assertThat(session.conf().getOption(MARK).isEmpty()).isTrue();
    }

    @Test
    void whereOneSettingIsRefusedNoneIsSet() {
        boolean[] ran = {false};
        new MergeSettings(REFUSED)
                .run(session, () -> assertThat(false).as("accepted").isTrue(), () -> {
                    ran[0] = true;
                    assertThat(session.conf().getOption(MARK).isEmpty()).isTrue();
                });

        assertThat(ran[0]).isTrue();
    }

    @Test
    void changesAreMergedWithoutSettingsToo() {
        Target target = filled();

        target.merge(changes(), Instant.EPOCH, REFUSED);

        assertThat(lakehouse.query("SELECT id, what FROM lake.deliveries ORDER BY id"))
                .containsExactly("a|changed", "c|new");
    }

    @Test
    void withoutSettingsATableThatChangedAfterTheComparisonIsLeftAlone() {
        Target target = filled();
        session.sql("INSERT INTO lake.deliveries VALUES ('c', 'of somebody else', current_timestamp())");

        assertThatThrownBy(() -> target.merge(changes(), Instant.EPOCH, REFUSED))
                .isInstanceOf(ChangedMeanwhile.class);

        assertThat(lakehouse.query("SELECT what FROM lake.deliveries ORDER BY what"))
                .containsExactly("first", "of somebody else", "second");
    }

    private Target filled() {
        tables.create(NAME, "CREATE TABLE lake.deliveries (id STRING, what STRING, _loaded_at TIMESTAMP) USING DELTA");
        session.sql("INSERT INTO lake.deliveries VALUES ('a', 'first', current_timestamp()),"
                + " ('b', 'second', current_timestamp())");
        return Target.open(session, tables, NAME, List.of("id"), List.of("id"));
    }

    private Dataset<Row> changes() {
        return session.sql(
                "SELECT * FROM VALUES ('update', 'a', 'changed'), ('delete', 'b', NULL), ('insert', 'c', 'new')"
                        + " AS changes (" + TableChange.OPERATION + ", id, what)");
    }
}
