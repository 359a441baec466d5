package dev.lakehouse.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.TableName;
import dev.lakehouse.testing.TestLakehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TidyTableTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @Tag("e2e")
    @Test
    void onceAWeekSmallFilesBecomeOne() {
        TaskContexts.of(lakehouse)
                .tables()
                .create(TableName.parse("lake.shop"), "CREATE TABLE lake.shop USING DELTA AS SELECT 1 AS id");
        TestLakehouse.session().sql("INSERT INTO lake.shop SELECT explode(array(2, 3))");
        long version = lakehouse.version("lake.shop");

        assertThat(tidy()).contains("not tidied");
        TestLakehouse.commitLedger();
        assertThat(tidy(inDays(6))).contains("not tidied");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);

        assertThat(tidy(inDays(8)))
                .contains("lake.shop: 2 files combined into 1")
                .contains("ops.task_runs: ");
        assertThat(lakehouse.query("SELECT count(DISTINCT _metadata.file_path), count(*) FROM lake.shop"))
                .containsExactly("1|3");

        assertThat(tidy("--every-days=0", inDays(14))).contains("lake.shop: no file to combine");
        assertThat(tidy(inDays(20))).contains("not tidied");
    }

    @Test
    void aTableThatIsNotThereYetIsNoFailure() {
        assertThat(tidy()).contains("nothing     to tidy: there is no table lake.shop yet");
    }

    private String tidy(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--target=lake.shop");
        return lakehouse.task(TidyTable::main, all);
    }

    private static String inDays(int days) {
        return "--now=" + Instant.now().plus(Duration.ofDays(days));
    }
}
