package dev.lakehouse.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ActivityTransformsTest {
    private final SparkSession session = TestLakehouse.session();

    @Test
    void ofRowsWithTheSameIdAndInstantTheFirstInTheInputStays() {
        Dataset<Row> rows = session.sql("""
                SELECT * FROM VALUES
                  ('a', TIMESTAMP '2020-01-01 00:00:00', 'file2', 1L, 'second file'),
                  ('a', TIMESTAMP '2020-01-01 00:00:00', 'file1', 10L, 'tenth line'),
                  ('a', TIMESTAMP '2020-01-01 00:00:00', 'file1', 9L, 'ninth line'),
                  ('a', TIMESTAMP '2020-01-01 00:00:01', 'file1', 11L, 'another instant'),
                  ('b', TIMESTAMP '2020-01-01 00:00:00', 'file1', 12L, 'another id')
                AS t(id, created_at, _file, _line, what)""");

        assertThat(texts(ActivityTransforms.deduplicated(rows).select("what")))
                .containsExactlyInAnyOrder("ninth line", "another instant", "another id");
    }

    @Test
    void tiesShareARankThatTheNextOnesCountOnFromAndWhatHasNoScoreOrNoGroupHasNone() {
        Dataset<Row> rows = session.sql("""
                SELECT * FROM VALUES
                  ('a', 1, 0.9D), ('b', 1, 0.9D), ('c', 1, 0.5D), ('d', 1, CAST('NaN' AS DOUBLE)), ('e', 1, NULL),
                  ('f', 2, CAST('NaN' AS DOUBLE)), ('g', 2, -1D), ('h', 3, NULL), ('i', NULL, 1D)
                AS t(id, age_group, user_score)""");

        assertThat(texts(ActivityTransforms.ranked(rows).select("id", "age_group", ActivityTransforms.RANK)))
                .containsExactlyInAnyOrder(
                        "a|1|1",
                        "b|1|1",
                        "c|1|3",
                        "d|1|null",
                        "e|1|null",
                        "f|2|null",
                        "g|2|1",
                        "h|3|null",
                        "i|null|null");
        assertThat(texts(ActivityTransforms.best(
                        ActivityTransforms.ranked(rows.selectExpr("id", "id AS email", "age_group", "user_score")))))
                .containsExactly("a|a|1", "b|b|1", "g|g|2");
    }

    @Test
    void eachWidgetGetsARowAndARowWithoutAnyStaysAsItIs() {
        Dataset<Row> rows = session.sql("""
                SELECT id, from_json(list, 'ARRAY<STRUCT<name STRING, amount DOUBLE>>') AS widget_list FROM VALUES
                  ('two', '[{"name":"Oryx","amount":7},{"name":"Emu"}]'), ('none', '[]'), ('null', NULL),
                  ('nothing in it', '[null]')
                AS t(id, list)""");

        assertThat(texts(ActivityTransforms.withWidget(ActivityTransforms.flattened(rows))
                        .selectExpr(
                                "id",
                                "to_json(widget_list, map('ignoreNullFields', 'false'))",
                                ActivityTransforms.WIDGET_POSITION,
                                "widget_name",
                                "widget_amount")))
                .containsExactlyInAnyOrder(
                        "two|[{\"name\":\"Oryx\",\"amount\":7.0}]|1|Oryx|7.0",
                        "two|[{\"name\":\"Emu\",\"amount\":null}]|2|Emu|null",
                        "none|[]|0|null|null",
                        "null|null|0|null|null",
                        "nothing in it|[null]|1|null|null");
    }

    @Test
    void addressesBecomePseudonymsOfTheColumnEmail() {
        Pseudonyms pseudonyms = Pseudonyms.of("email", Keyset.create());

        assertThat(texts(ActivityTransforms.pseudonymised(
                        session.sql("SELECT 'ada@example.org' AS email UNION ALL SELECT NULL"), pseudonyms)))
                .containsExactlyInAnyOrder(pseudonyms.pseudonym("ada@example.org"), "null");
    }

    @Test
    void theIndexHasEachLocationOnceWithItsDistinctIdsSortedAndNoBlankLocation() {
        Dataset<Row> rows = session.sql("""
                SELECT * FROM VALUES
                  ('c', 'Peru'), ('a', 'Peru'), ('b', 'Peru'), ('a', 'Peru'), ('a', 'peru'), ('z', 'DE'),
                  ('a', NULL), ('a', ''), ('a', ' ')
                AS t(id, location)""");

        assertThat(texts(LocationIndex.of(rows.repartition(3)).selectExpr("location", "array_join(ids, ',')")))
                .containsExactlyInAnyOrder("Peru|a,b,c", "peru|a", "DE|z");
    }

    @Test
    void contentIsTheSameInAnyOrderAndNotWhereOneValueOrItsPlaceDiffers() {
        Dataset<Row> rows = session.sql("SELECT * FROM VALUES ('a', NULL, ARRAY('x')), ('b', 'c', NULL) AS t(p, q, r)");

        assertThat(content(rows.orderBy(rows.col("p").desc()))).isEqualTo(content(rows));
        assertThat(content(rows).rows()).isEqualTo(2);
        for (String other : List.of(
                "SELECT * FROM VALUES (NULL, 'a', ARRAY('x')), ('b', 'c', NULL) AS t(p, q, r)",
                "SELECT * FROM VALUES ('a', NULL, ARRAY('x')), ('b', 'c', ARRAY()) AS t(p, q, r)",
                "SELECT * FROM VALUES ('a', NULL, ARRAY('x', NULL)), ('b', 'c', NULL) AS t(p, q, r)",
                "SELECT * FROM VALUES ('a', NULL, ARRAY('x')) AS t(p, q, r)")) {
            assertThat(content(session.sql(other))).isNotEqualTo(content(rows));
        }
    }

    private static TableFingerprint content(Dataset<Row> rows) {
        return TableFingerprint.of(rows, List.of("p", "q", "r"));
    }

    private static List<String> texts(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.mkString("|")).toList();
    }
}
