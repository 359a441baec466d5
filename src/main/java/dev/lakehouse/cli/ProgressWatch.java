package dev.lakehouse.cli;

import dev.lakehouse.task.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/**
 * Shows how far the step is that runs: on a terminal as a bar on the last line, which is removed before anything is
 * printed and when the step ends; elsewhere as a line a minute. A short step shows nothing. To be closed.
 */
final class ProgressWatch implements AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final long MILLIS_BETWEEN_LOOKS = 250;

    private final SparkRows spark = new SparkRows();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Timer timer = new Timer("progress", true);
    private final Clock clock;
    private final int columns;
    private final Consumer<String> printer;

    private Step step;
    private Object part;
    private Instant stepBegan;
    private Instant partBegan;
    private Instant nextLine;
    private boolean barIsShown;
    private boolean lineIsOpen;

    /**
     * A watch that does not look by itself.
     *
     * @param columns the width of the terminal for output and errors; 0 without a terminal
     * @param printer prints a line if there is no terminal
     */
    ProgressWatch(Clock clock, int columns, Consumer<String> printer) {
        this.clock = clock;
        this.columns = columns;
        this.printer = printer;
        if (columns > 0) {
            System.setOut(aboveTheBar(out));
            System.setErr(aboveTheBar(err));
        }
    }

    /** Watches the steps of this process. */
    static ProgressWatch start(Consumer<String> printer) {
        ProgressWatch watch = new ProgressWatch(Clock.systemUTC(), Terminal.columns(), printer);
        TimerTask look = new TimerTask() {
            @Override
            public void run() {
                watch.look();
            }
        };
        watch.timer.schedule(look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS);
        // Ctrl-C leaves no bar before the prompt.
        Runtime.getRuntime().addShutdownHook(new Thread(watch::close));
        return watch;
    }

    /** The listener to register with Spark. */
    SparkRows spark() {
        return spark;
    }

    /** Shows what there is to show now. */
    synchronized void look() {
        Optional<Step> running = Step.current();
        if (running.isEmpty()) {
            hide();
            step = null;
            return;
        }
        Instant now = clock.instant();
        if (!running.get().whole().equals(step)) {
            step = running.get().whole();
            stepBegan = now;
            nextLine = now.plus(BETWEEN_LINES);
        }
        Progress progress = progress(running.get(), now);
        if (columns > 0) {
            if (progress.ofStep().compareTo(SHORT) > 0) {
                show(progress);
            }
        } else if (!now.isBefore(nextLine)) {
            printer.accept(progress.line());
            nextLine = nextLine.plus(BETWEEN_LINES);
        }
    }

    /** A part that does not know its rows is shown by the Spark stage that runs, unless that is a short one as well. */
    private Progress progress(Step running, Instant now) {
        Optional<SparkRows.Stage> stage = running.expectedRows() > 0 ? Optional.empty() : spark.stage();
        Object shown = stage.isPresent() ? stage.get() : running;
        if (!shown.equals(part)) {
            part = shown;
            partBegan = now;
        }
        Duration ofPart = Duration.between(partBegan, now);
        Duration ofStep = Duration.between(stepBegan, now);
        return stage.filter(pass -> ofPart.compareTo(SHORT) > 0)
                .map(pass -> new Progress(
                        running.name() + ", stage " + pass.id(),
                        pass.rows().get(),
                        0,
                        (double) pass.ended().get() / pass.tasks(),
                        ofPart,
                        ofStep))
                .orElseGet(
                        () -> Progress.ofRows(running.name(), running.rows(), running.expectedRows(), ofPart, ofStep));
    }

    private void show(Progress progress) {
        if (!lineIsOpen) {
            String bar = progress.bar(columns - 1);
            err.print("\r" + bar + " ".repeat(columns - 1 - bar.length()));
            err.flush();
            barIsShown = true;
        }
    }

    private void hide() {
        if (barIsShown) {
            err.print("\r" + " ".repeat(columns - 1) + "\r");
            err.flush();
            barIsShown = false;
        }
    }

    /** A stream of the terminal. While somebody has printed half a line there is no bar. */
    private PrintStream aboveTheBar(PrintStream terminal) {
        OutputStream lines = new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (length > 0) {
                    synchronized (ProgressWatch.this) {
                        hide();
                        terminal.write(bytes, offset, length);
                        lineIsOpen = bytes[offset + length - 1] != '\n';
                    }
                }
            }

            @Override
            public void flush() throws IOException {
                terminal.flush();
            }
        };
        return new PrintStream(lines, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        timer.cancel();
        synchronized (this) {
            hide();
            if (columns > 0) {
                System.setOut(out);
                System.setErr(err);
            }
        }
    }
}
