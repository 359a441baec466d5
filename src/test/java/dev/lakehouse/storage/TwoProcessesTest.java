package dev.lakehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.storage.Racer.Work;
import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.testing.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers, which share nothing but the store, write to one place at the same time. */
@Tag("heavy")
class TwoProcessesTest {
    private final SparkSession session = TestLakehouse.session();
    private final String place = TestServers.freshPrefix() + "/place";

    @TempDir
    Path directory;

    @Test
    void noAppendToADeltaTableIsLost() throws Exception {
        session.range(0).write().format("delta").save(place);

        race(Racer.start(Work.APPEND, directory, place, 0, 40), Racer.start(Work.APPEND, directory, place, 40, 80));

        assertThat(session.read()
                        .format("delta")
                        .load(place)
                        .sort("id")
                        .as(Encoders.LONG())
                        .collectAsList())
                .containsExactlyElementsOf(LongStream.range(0, 80).boxed().toList());
        assertThat(commits())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 80)
                        .mapToObj("%020d.json"::formatted)
                        .toList());
    }

    @Test
    void everyNameIsClaimedByExactlyOne() throws Exception {
        List<List<Integer>> won = race(
                Racer.start(Work.CLAIM, directory, place, 0, 200), Racer.start(Work.CLAIM, directory, place, 0, 200));

        List<Integer> all = new ArrayList<>(won.get(0));
        all.addAll(won.get(1));
        assertThat(won).noneMatch(List::isEmpty);
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 200).boxed().toList());
    }

    private static List<List<Integer>> race(Racer first, Racer second) throws Exception {
        try {
            first.awaitReady();
            second.awaitReady();
            long soon = System.currentTimeMillis() + 300;
            first.go(soon);
            second.go(soon);
            return List.of(first.won(), second.won());
        } finally {
            first.kill();
            second.kill();
        }
    }

    private List<String> commits() {
        return FileStore.of(place).files(place + "/_delta_log").stream()
                .map(StoredFile::name)
                .filter(name -> name.matches("\\d+\\.json"))
                .toList();
    }
}
