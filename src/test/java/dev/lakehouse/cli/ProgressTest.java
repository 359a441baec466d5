package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @Test
    void aBarShowsRowsRateAndTimeLeft() {
        assertThat(Progress.ofRows("extract, copying", 250_000, 1_000_000, TEN, TEN)
                        .bar(100))
                .isEqualTo(
                        "  extract, copying [=======>                      ] 250,000/1,000,000 rows, 25,000/s, 30 s left")
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void theBarIsAsLongAsTheTerminalHasRoomFor() {
        Progress half = Progress.ofRows("sql", 500, 1_000, TEN, TEN);

        assertThat(half.bar(200)).contains("[" + "=".repeat(15) + ">" + " ".repeat(14) + "]");
        assertThat(half.bar(60)).isEqualTo("  sql [==========>         ] 500/1,000 rows, 50/s, 10 s left");
        assertThat(half.bar(42)).isEqualTo("  sql 500/1,000 rows, 50/s, 10 s left");
        assertThat(half.bar(20)).isEqualTo("  sql 500/1,000 rows");
    }

    @Test
    void aLineSaysTheSameAndHowLongTheStepHasRun() {
        assertThat(Progress.ofRows("extract, copying", 250_000, 1_000_000, TEN, MINUTE)
                        .line())
                .isEqualTo("  running     extract, copying: 250,000/1,000,000 rows, 25,000/s, 30 s left, 60 s so far");
    }

    @Test
    void whereNoRowsAreKnownThereIsOnlyTheTime() {
        Progress unknown = Progress.ofRows("load", 0, 0, TEN, Duration.ofMinutes(3));

        assertThat(unknown.bar(79)).isEqualTo("  load 3 min");
        assertThat(unknown.line()).isEqualTo("  running     load: 3 min so far");
    }

    @Test
    void rowsOfAnUnknownNumberHaveARateAndTheShareOfTheStagesTasks() {
        assertThat(new Progress("load, writing, stage 7", 40_000, 0, 0.8, TEN, MINUTE).bar(79))
                .isEqualTo("  load, writing, stage 7 [================>    ] 40,000 rows, 4,000/s, 2 s left");
        assertThat(new Progress("load, writing, stage 7", 40_000, 0, 0, TEN, MINUTE).bar(79))
                .isEqualTo("  load, writing, stage 7 40,000 rows, 4,000/s, 60 s");
    }

    @Test
    void aPartThatHasJustBegunHasNoRate() {
        assertThat(Progress.ofRows("extract, copying", 500, 1_000, Duration.ofMillis(999), TEN)
                        .bar(79))
                .endsWith("] 500/1,000 rows, 10 s");
    }

    @Test
    void noTimeIsLeftToTellWhereAllRowsAreReadAndMoreIsToDo() {
        assertThat(Progress.ofRows("extract, copying", 1_200, 1_000, TEN, TEN).bar(79))
                .isEqualTo("  extract, copying [============================] 1,200/1,000 rows, 120/s, 10 s");
    }
}
