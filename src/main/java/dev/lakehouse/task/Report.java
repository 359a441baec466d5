package dev.lakehouse.task;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import java.io.PrintStream;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Locale;

/** The output of a task: lines of a label and a text. They are also logged. */
public final class Report {
    private static final Logger LOG = System.getLogger(Report.class.getName());

    private static final long ROWS_THAT_TELL = 10_000;

    private final PrintStream out;

    private Report(PrintStream out) {
        this.out = out;
    }

    /** Writes to standard output, which on Databricks is the driver's output. */
    static Report toTerminal() {
        return new Report(System.out);
    }

    /** Prints a line, such as {@code line("read", "1,000 rows")}. */
    public void line(String label, String text) {
        // Below INFO, because the driver's output on Databricks already has this line and would also show the log's.
        LOG.log(DEBUG, label + ": " + text);
        show(label, text);
    }

    /** Prints a line that contains values of rows. It is not logged. */
    public void show(String label, String text) {
        out.printf(Locale.ROOT, "  %-11s %s%n", label, text);
    }

    /** Prints a warning: the task succeeded, but a user should check something. */
    public void warn(String text) {
        LOG.log(WARNING, text);
        out.printf(Locale.ROOT, "  %-11s %s%n", "warning", text);
    }

    /** Such as {@code 1,000 rows}. */
    public static String rows(long rows) {
        return count(rows, "row");
    }

    /** Such as {@code 3 files}, for a word whose plural ends in s. */
    public static String count(long number, String word) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? word : word + "s");
    }

    /** Such as {@code 12.3 MB}. */
    public static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    /** Such as {@code 2.3}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    /** Such as {@code 2.3 s, 412,000 rows/s}; only the seconds for few rows, whose rate means nothing. */
    static String rate(long rows, Duration elapsed) {
        double seconds = Math.max(elapsed.toNanos() / 1e9, 1e-3);
        return rows < ROWS_THAT_TELL
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f s, %,.0f rows/s", seconds, rows / seconds);
    }
}
