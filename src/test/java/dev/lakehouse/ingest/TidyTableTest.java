package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TidyTableTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO shop VALUES (1, 'ink'), (2, 'pen'), (3, 'glue')");

    @Test
    void onceAWeekSmallFilesBecomeOneAndOldLoadedExtractsGo() {
        extractAndLoad(1);
        extractAndLoad(2);
        lakehouse.extract("shop");
        lakehouse.extract("shop");
        long version = lakehouse.version("lake.shop");

        assertThat(tidy()).contains("not due");
        assertThat(tidy(inDays(6))).contains("not due");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);
        assertThat(extracts().published()).containsExactly(1L, 2L, 3L, 4L);

        assertThat(tidy(inDays(8)))
                .contains("lake.shop: 2 files made into 1")
                .contains("ops.task_runs: ")
                .contains("2 old extracts removed; the newest 1 stay");
        assertThat(lakehouse.query("SELECT count(DISTINCT _metadata.file_path), count(*) FROM lake.shop"))
                .containsExactly("1|3");
        // The third is old as well, but it is not loaded yet.
        assertThat(extracts().published()).containsExactly(3L, 4L);
        assertThat(extracts().files().directories(lakehouse.landing("shop", "")))
                .contains("extract=000003", "extract=000004")
                .doesNotContain("extract=000001", "extract=000002");

        assertThat(tidy(inDays(14))).contains("not due");
        assertThat(tidy("--every-days=0", inDays(14))).contains("lake.shop: no file to combine");
        assertThat(tidy(inDays(20))).contains("not due");
    }

    @Test
    void aTableThatIsNotThereYetIsNoFailure() {
        assertThat(tidy()).contains("nothing     to tidy: there is no table lake.shop yet");
    }

    private void extractAndLoad(int changed) {
        lakehouse.mysql("UPDATE shop SET name = 'changed' WHERE id = " + changed);
        lakehouse.extract("shop");
        lakehouse.load("shop");
    }

    private String tidy(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(
                List.of("--table=shop", "--landing=" + lakehouse.landing(), "--target=lake.shop", "--keep-extracts=1"));
        return lakehouse.task(TidyTable::main, all);
    }

    private static String inDays(int days) {
        return "--now=" + Instant.now().plus(Duration.ofDays(days));
    }

    private Landing extracts() {
        return Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop");
    }
}
