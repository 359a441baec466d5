package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.table.DdlComparison.Difference;
import dev.lakehouse.testing.NewProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DdlComparisonTest {
    private static final TableName RUNS = new TableName("ops", "task_runs");

    private final NewProcess process = new NewProcess();
    private final Tables tables;

    DdlComparisonTest(@TempDir Path warehouse) {
        tables = Tables.at(process.session(), "file:" + warehouse);
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void aNewTableIsEqualToItsFileAndComparingLeavesNothingBehindAndWritesNothingToTheTable() {
        tables.open(RUNS);
        long version = tables.version(RUNS);
        long schemas = process.session().sql("SHOW SCHEMAS").count();

        DdlComparison comparison = compared(RUNS);

        assertThat(comparison).isEqualTo(new DdlComparison(RUNS, List.of(), List.of()));
        assertThat(comparison.summary()).isEqualTo("equal");
        assertThat(process.session().sql("SHOW SCHEMAS").count()).isEqualTo(schemas);
        assertThat(tables.version(RUNS)).isEqualTo(version);
    }

    @Test
    void aTableThatDoesNotExistOrHasNoFileIsNotCompared() {
        TableName articles = new TableName("shop", "articles");
        tables.create(articles, "CREATE TABLE shop.articles (id INT) USING DELTA");

        assertThat(DdlComparison.of(process.session(), tables, articles)).isEmpty();
        assertThat(DdlComparison.of(process.session(), tables, RUNS)).isEmpty();
        assertThat(tables.find(RUNS)).isFalse();
    }

    @Test
    void anEvolvedColumnIsAReportAndNoError() {
        DdlComparison comparison = new DdlComparison(RUNS, List.of("attempt INT", "host STRING"), List.of());

        assertThat(comparison.summary()).isEqualTo("evolved: column attempt INT, column host STRING");
        assertThatCode(() -> DdlComparison.requireEqual(List.of(comparison))).doesNotThrowAnyException();
    }

    /** Columns may be added, save technical ones, and properties besides the file's are let be. */
    @Test
    void anAlteredTableDiffersInTechnicalColumnsConstraintsAndPropertiesOfTheFile() {
        tables.open(RUNS);
        alter("ADD COLUMNS (attempt INT, host STRING COMMENT 'Where it ran', _attempt INT)");
        alter("DROP CONSTRAINT duration_not_negative");
        alter("ADD CONSTRAINT not_too_long CHECK (duration_ms < 9)");
        alter("SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'false', 'team' = 'members')");

        DdlComparison comparison = compared(RUNS);

        assertThat(comparison.evolved()).containsExactly("attempt INT", "host STRING");
        assertThat(comparison.differences())
                .containsExactly(
                        new Difference("column _attempt", "nothing", "INT"),
                        new Difference("constraint duration_not_negative", "'duration_ms >= 0'", "nothing"),
                        new Difference("constraint not_too_long", "nothing", "'duration_ms < 9'"),
                        new Difference("property delta.enableDeletionVectors", "'true'", "'false'"));
    }

    @Test
    void whatElseDiffersIsAnErrorThatNamesBothSides() {
        assertDiffers(
                create(
                        "(  extract +)BIGINT", "$1INT   ",
                        "(  task .*)NOT NULL", "$1",
                        "Rows that the target did", "Did",
                        "One row per", "A row per",
                        "BY \\(started_at\\)", "BY (task)"),
                new Sides("column extract", "BIGINT COMMENT '", "INT COMMENT '"),
                new Sides("column task", "STRING NOT NULL COMMENT '", "STRING COMMENT '"),
                new Sides("column rows_inserted", "BIGINT COMMENT 'Rows", "BIGINT COMMENT 'Did"),
                new Sides("comment", "'One row per", "'A row per"),
                new Sides("clustering", "started_at", "task"));
    }

    @Test
    void aMissingColumnOtherPartitionsAndAnotherOrderAreErrorsToo() {
        assertDiffers(
                create(
                        "  extract .*\\n", "",
                        "CLUSTER BY .*", "PARTITIONED BY (task)",
                        "(  run_id .*\\n)(  task .*\\n)", "$2$1"),
                new Sides("column extract", "BIGINT COMMENT 'Number", "nothing"),
                new Sides("partitioning", "nothing", "task"),
                new Sides("order of columns", "run_id, task,", "task, run_id,"));
    }

    /** What differs, and how the text of each side begins. */
    private record Sides(String what, String file, String present) {}

    /** Creates the ledger by its file with edits, given as patterns each followed by its replacement. */
    private DdlComparison create(String... edits) {
        String ddl = SqlScript.ddl(RUNS).orElseThrow().statements().get(0);
        for (int i = 0; i < edits.length; i += 2) {
            String edited = ddl.replaceFirst(edits[i], edits[i + 1]);
            assertThat(edited).as(edits[i]).isNotEqualTo(ddl);
            ddl = edited;
        }
        tables.create(RUNS, ddl);
        // Adds the constraints.
        tables.open(RUNS);
        return compared(RUNS);
    }

    private static void assertDiffers(DdlComparison comparison, Sides... expected) {
        assertThat(comparison.summary()).startsWith("differs: ");
        for (Sides sides : expected) {
            assertThat(comparison.differences()).anySatisfy(difference -> {
                assertThat(difference.what()).isEqualTo(sides.what());
                assertThat(difference.file()).startsWith(sides.file());
                assertThat(difference.present()).startsWith(sides.present());
            });
            assertThatThrownBy(() -> DdlComparison.requireEqual(List.of(comparison)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("ops.task_runs, " + sides.what() + ": the file has " + sides.file())
                    .hasMessageContaining(", the table has " + sides.present());
        }
    }

    private void alter(String how) {
        process.session().sql("ALTER TABLE ops.task_runs " + how);
    }

    private DdlComparison compared(TableName table) {
        return DdlComparison.of(process.session(), tables, table).orElseThrow();
    }
}
