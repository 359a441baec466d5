package dev.lakehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class QualityTest {
    private static final List<Expectation> EXPECTATIONS =
            List.of(new Expectation("too small", "n >= 10"), new Expectation("odd", "n % 2 = 0"));

    /** 10 is good, 12 too; 9 is small and odd, 8 small, 11 odd, NULL neither large nor even. */
    private final Dataset<Row> rows = TestLakehouse.session().sql("""
            SELECT * FROM VALUES (10, 'a'), (9, 'b'), (8, 'c'), (11, 'd'), (CAST(NULL AS INT), 'e'), (12, NULL), (12, NULL)
            AS t (n, name)""");

    @Test
    void aRowKeepsAllItsReasonsInTheOrderOfTheExpectations() {
        assertThat(text(Quality.validate(rows, EXPECTATIONS)))
                .containsExactlyInAnyOrder(
                        "10 a []",
                        "9 b [too small, odd]",
                        "8 c [too small]",
                        "11 d [odd]",
                        "null e [too small, odd]",
                        "12 null []",
                        "12 null []");
    }

    @Test
    void ofARowOfTheWrongFormNothingElseIsSaid() {
        List<Expectation> form = List.of(new Expectation("no name", "name IS NOT NULL"));

        assertThat(text(Quality.validate(rows, Quality.reasons(form), EXPECTATIONS)))
                .containsExactlyInAnyOrder(
                        "10 a []",
                        "9 b [too small, odd]",
                        "8 c [too small]",
                        "11 d [odd]",
                        "null e [too small, odd]",
                        "12 null [no name]",
                        "12 null [no name]");
    }

    @Test
    void judgingAddsTheReasonsAndNothingElse() {
        Dataset<Row> validated = Quality.validate(rows, EXPECTATIONS);

        assertThat(validated.columns()).containsExactly("n", "name", "_reasons");
        assertThat(validated.schema().apply("_reasons").dataType().sql()).isEqualTo("ARRAY<STRING>");
        assertThat(validated.schema().apply("_reasons").nullable()).isFalse();
        assertThat(text(validated.drop("_reasons"))).containsExactlyElementsOf(text(rows));
    }

    @Test
    void everyRowIsEitherAcceptedOrInQuarantine() {
        Dataset<Row> validated = Quality.validate(rows, EXPECTATIONS);

        Dataset<Row> accepted = Quality.accepted(validated);
        Dataset<Row> quarantined = Quality.quarantined(validated);

        assertThat(accepted.schema()).isEqualTo(rows.schema());
        assertThat(text(accepted)).containsExactlyInAnyOrder("10 a", "12 null", "12 null");
        assertThat(quarantined.columns()).containsExactly("n", "name", "_reasons");
        assertThat(text(accepted.unionAll(quarantined.drop("_reasons"))))
                .containsExactlyInAnyOrderElementsOf(text(rows));
    }

    @Test
    void whereNothingIsExpectedEverythingIsAccepted() {
        Dataset<Row> validated = Quality.validate(rows, List.of());

        assertThat(validated.schema().apply("_reasons").dataType().sql()).isEqualTo("ARRAY<STRING>");
        assertThat(text(Quality.accepted(validated))).containsExactlyInAnyOrderElementsOf(text(rows));
        assertThat(Quality.quarantined(validated).isEmpty()).isTrue();
    }

    /** Each row as its values' text. */
    private static List<String> text(Dataset<Row> rows) {
        return rows.selectExpr(Arrays.stream(rows.columns())
                        .map("ifnull(CAST(%s AS STRING), 'null')"::formatted)
                        .reduce((left, right) -> "concat_ws(' ', " + left + ", " + right + ")")
                        .orElseThrow())
                .as(Encoders.STRING())
                .collectAsList();
    }
}
