package dev.lakehouse.workflow;

import java.time.Duration;
import java.util.Locale;

/** Time since its start, untouched by changes of the machine's clock. */
record Stopwatch(long startNanos) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** A duration in seconds with one decimal, as reports show it. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
