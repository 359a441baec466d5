package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.Step;
import dev.lakehouse.testing.TestLakehouse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparkRowsTest {
    private final SparkSession session = TestLakehouse.session();
    private final SparkContext spark = session.sparkContext();
    private final SparkRows rows = new SparkRows();
    private final List<SparkRows.Stage> stages = new CopyOnWriteArrayList<>();

    /** Called behind the other one. */
    private final SparkListener keeper = new SparkListener() {
        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted event) {
            stages.add(rows.stage().orElseThrow());
        }
    };

    @BeforeEach
    void listen() {
        spark.addSparkListener(rows);
        spark.addSparkListener(keeper);
    }

    @AfterEach
    void noLongerListen() {
        spark.removeSparkListener(rows);
        spark.removeSparkListener(keeper);
    }

    @Test
    void whatSparkReadsIsCountedForThePartThatKnowsItsRows() {
        Step part = Step.during("load", () -> {
            Step reading = Step.part("reading", 1_000);
            session.range(0, 1_000, 1, 4).repartition(3).collectAsList();
            waitForTheListeners();
            return reading;
        });

        assertThat(part.rows()).isEqualTo(1_000);
        assertThat(stages)
                .as("the stage that reads, and the one that reads what it gave on")
                .extracting(stage -> stage.rows().get())
                .containsExactly(1_000L, 1_000L);
        assertThat(rows.stage()).isEmpty();
    }

    @Test
    void aStageCountsItsTasks() {
        session.range(0, 1_000, 1, 4).where("id % 2 = 0").collectAsList();
        waitForTheListeners();

        assertThat(stages).extracting(SparkRows.Stage::tasks).containsExactly(4);
        assertThat(stages.get(0).ended()).hasValue(4);
    }

    private void waitForTheListeners() {
        try {
            spark.listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
