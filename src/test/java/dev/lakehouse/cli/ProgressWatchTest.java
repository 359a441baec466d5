package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.Background;
import dev.lakehouse.task.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
    private static final int COLUMNS = 60;
    private static final String BLANK = "\r" + " ".repeat(COLUMNS - 1);

    private final HandSetClock clock = new HandSetClock();
    private final List<String> lines = new ArrayList<>();

    @Test
    void aStepOfTwoSecondsShowsNothing() {
        assertThat(onTerminal(watch -> Step.during("load", () -> {
                    watch.look();
                    clock.advance(2);
                    watch.look();
                    return null;
                })))
                .isEmpty();
    }

    @Test
    void aLongerStepShowsABarThatGoesWithIt() {
        assertThat(onTerminal(watch -> {
                    Step.during("load", () -> {
                        Step part = Step.part("reading", 1_000);
                        watch.look();
                        part.add(250);
                        clock.advance(5);
                        watch.look();
                        return null;
                    });
                    watch.look();
                }))
                .isEqualTo("\r" + "  load, reading [==>      ] 250/1,000 rows, 50/s, 15 s left" + BLANK + "\r");
    }

    @Test
    void theBarIsRemovedBeforeALineIsPrintedAndComesBackAfterIt() {
        assertThat(onTerminal(watch -> Step.during("load", () -> {
                    watch.look();
                    clock.advance(3);
                    watch.look();
                    System.out.printf("  %-5s %s%n", "read", "3 rows");
                    System.err.println("a log line");
                    watch.look();
                    return null;
                })))
                .isEqualTo(bar("  load 3 s") + BLANK + "\r" + "  read  3 rows\na log line\n" + bar("  load 3 s") + BLANK
                        + "\r");
    }

    @Test
    void noBarIsDrawnIntoALineThatIsNotComplete() {
        assertThat(onTerminal(watch -> Step.during("load", () -> {
                    watch.look();
                    clock.advance(3);
                    System.out.print("half a ");
                    watch.look();
                    System.out.println("line");
                    return null;
                })))
                .isEqualTo("half a line\n");
    }

    @Test
    void theNextStepHasTwoSecondsOfItsOwn() {
        assertThat(onTerminal(watch -> {
                    for (int i = 0; i < 3; i++) {
                        Step.during("load", () -> {
                            watch.look();
                            clock.advance(1);
                            watch.look();
                            return null;
                        });
                    }
                }))
                .isEmpty();
    }

    @Test
    void withoutATerminalThereIsALineAMinute() {
        try (ProgressWatch watch = new ProgressWatch(clock, 0, lines::add)) {
            Step.during("load", () -> {
                Step part = Step.part("reading", 100_000);
                for (int second = 0; second < 150; second++) {
                    watch.look();
                    part.reached(second * 500L);
                    clock.advance(1);
                }
                return null;
            });
            watch.look();
        }

        assertThat(lines)
                .containsExactly(
                        "  running     load, reading: 29,500/100,000 rows, 492/s, 2 min left, 60 s so far",
                        "  running     load, reading: 59,500/100,000 rows, 496/s, 81 s left, 2 min so far");
    }

    @Test
    void partsOfTasksThatRunAtTheSameTimeAreNotShown() {
        try (ProgressWatch watch = new ProgressWatch(clock, 0, lines::add)) {
            Step.during("tables", () -> {
                Step.part("1 of 3 ended");
                Background<Step> task = Background.start(() -> Step.unshown(
                        () -> Step.during("tables [one]", () -> Background.start(() -> Step.part("reading", 9))
                                .result())));
                task.result().add(7);
                for (int second = 0; second <= 60; second++) {
                    watch.look();
                    clock.advance(1);
                }
                return null;
            });
        }

        assertThat(lines).containsExactly("  running     tables, 1 of 3 ended: 60 s so far");
    }

    @Test
    void whereNoStepRunsAPartIsNotKept() {
        Step.part("reading", 100_000);

        assertThat(Step.current()).isEmpty();
    }

    /** What the terminal receives. */
    private String onTerminal(Consumer<ProgressWatch> steps) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try (ProgressWatch watch = new ProgressWatch(clock, COLUMNS, lines::add)) {
            steps.accept(watch);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(lines).isEmpty();
        return terminal.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String bar(String text) {
        return "\r" + text + " ".repeat(COLUMNS - 1 - text.length());
    }

    private static final class HandSetClock extends Clock {
        private Instant now = Instant.EPOCH;

        void advance(int seconds) {
            now = now.plus(Duration.ofSeconds(seconds));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
