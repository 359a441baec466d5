package dev.lakehouse.load;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.load.Deduplication.Status;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
    private final Deduplication byId = Deduplication.of(List.of("id"));

    @Test
    void theFirstInTheInputIsNewAndLaterOnesRepeatItOrConflictWithIt() {
        Dataset<Row> delivered = rows(
                "(1, 'red', 'b', 1L)",
                "(1, 'red', 'a', 10L)",
                "(1, 'red', 'a', 9L)",
                "(1, 'blue', 'a', 11L)",
                "(2, NULL, 'a', 1L)",
                "(2, NULL, 'a', 2L)",
                "(2, 'blue', 'a', 3L)");

        assertThat(statuses(byId.statuses(delivered, col("content"))))
                .containsExactly(
                        "a 1 NEW",
                        "a 2 REPEATED",
                        "a 3 CONFLICT",
                        "a 9 NEW",
                        "a 10 REPEATED",
                        "a 11 CONFLICT",
                        "b 1 REPEATED");
    }

    /** So that a run after a stop, or one of a file that has grown, comes to the same result. */
    @Test
    void whatIsStoredCountsAsTheFirstAndIsKnownByItsPlace() {
        Dataset<Row> stored = rows("(1, 'red', 'b', 1L)", "(2, 'blue', 'gone', 7L)", "(9, 'other', 'b', 9L)");
        Dataset<Row> delivered = rows(
                "(1, 'green', 'a', 1L)",
                "(1, 'red', 'b', 1L)",
                "(1, 'red', 'c', 1L)",
                "(2, 'blue', 'b', 2L)",
                "(3, 'grey', 'b', 3L)");

        assertThat(statuses(byId.statuses(delivered, col("content"), stored)))
                .containsExactly("a 1 CONFLICT", "b 1 STORED", "b 2 REPEATED", "b 3 NEW", "c 1 REPEATED");
    }

    @Test
    void ofEachKeyTheRowThatIsFirstInTheGivenOrderStays() {
        Dataset<Row> rows = rows("(1, 'red', 'a', 1L)", "(1, 'blue', 'a', 2L)", "(2, 'grey', 'a', 3L)");

        assertThat(byId.firsts(rows, col("_line").desc())
                        .select("content")
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactlyInAnyOrder("blue", "grey");
    }

    private static Dataset<Row> rows(String... values) {
        return TestLakehouse.session()
                .sql("SELECT * FROM VALUES " + String.join(", ", values) + " AS t (id, content, _file, _line)");
    }

    private static List<String> statuses(Dataset<Row> rows) {
        return rows.orderBy("_file", "_line")
                .selectExpr("concat_ws(' ', _file, _line, " + Status.COLUMN + ")")
                .as(Encoders.STRING())
                .collectAsList();
    }
}
