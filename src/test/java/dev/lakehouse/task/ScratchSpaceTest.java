package dev.lakehouse.task;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchSpaceTest {
    @TempDir
    Path folder;

    @Test
    void whatWasLeftBehindIsDeletedAndWhatIsInUseIsNot() throws IOException {
        Path old = make(Instant.now().minus(Duration.ofDays(3)).getEpochSecond() + "-old/part");
        Path used = make(Instant.now().minus(Duration.ofHours(5)).getEpochSecond() + "-used/part");
        Path other = make("something else/part");

        String place = ScratchSpace.below(folder + "/").location();

        assertThat(place)
                .startsWith(folder + "/")
                .isNotEqualTo(ScratchSpace.below(folder.toString()).location());
        assertThat(old).doesNotExist();
        assertThat(used).exists();
        assertThat(other).exists();
    }

    @Test
    void thereNeedNotBeAnything() {
        assertThat(ScratchSpace.below(folder.resolve("missing").toString()).location())
                .contains("missing/");
    }

    @Test
    void keptRowsAreCountedOnTheWayAlsoWhereThereAreNone() {
        Dataset<Row> rows = TestLakehouse.session().range(5).toDF("id");
        List<Column> aggregates = List.of(count(lit(1)).as("all"), sum("id").as("total"));
        try (ScratchSpace scratch = ScratchSpace.below(folder.resolve("[a] {b}").toString())) {
            ScratchSpace.Kept some = scratch.keep(rows.where("id > 2"), "some", aggregates);
            ScratchSpace.Kept none = scratch.keep(rows.where("id > 9").distinct(), "none", aggregates);
            ScratchSpace.Kept empty = scratch.keep(rows.limit(0), "empty", aggregates);

            assertThat(some.rows().collectAsList())
                    .extracting(row -> row.getLong(0))
                    .containsExactlyInAnyOrder(3L, 4L);
            assertThat(some.number("all")).isEqualTo(2);
            assertThat(some.number("total")).isEqualTo(7);
            for (ScratchSpace.Kept without : List.of(none, empty)) {
                assertThat(without.rows().collectAsList()).isEmpty();
                assertThat(without.number("all")).isZero();
                assertThat(without.number("total")).isZero();
            }
        }
    }

    private Path make(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
