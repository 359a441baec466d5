package dev.lakehouse.cli;

import dev.lakehouse.task.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a step is.
 *
 * @param name of the step and of its part that runs
 * @param rows how many rows of the part are done
 * @param expectedRows how many it has; 0 where that is not known
 * @param share how much of the part is done, from 0 to 1; 0 where that is not known
 * @param ofPart how long the part has run
 * @param ofStep how long the step has run
 */
record Progress(String name, long rows, long expectedRows, double share, Duration ofPart, Duration ofStep) {
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;

    /** Before that, one cannot tell from a rate. */
    private static final Duration MEASURABLE = Duration.ofSeconds(1);

    /** Of a part that knows its rows. */
    static Progress ofRows(String name, long rows, long expectedRows, Duration ofPart, Duration ofStep) {
        double share = expectedRows == 0 ? 0 : Math.min(1, (double) rows / expectedRows);
        return new Progress(name, rows, expectedRows, share, ofPart, ofStep);
    }

    /** The line of a report. */
    String line() {
        List<String> facts = facts();
        facts.add(seconds(ofStep) + " so far");
        return String.format(Locale.ROOT, "  %-11s %s: %s", "running", name, String.join(", ", facts));
    }

    /** A line that a terminal of that width has room for, with a bar where one can be drawn. */
    String bar(int width) {
        List<String> facts = facts();
        if (timeLeft().isEmpty()) {
            facts.add(seconds(ofStep));
        }
        String start = "  " + name + " ";
        String end = " " + String.join(", ", facts);
        int room = Math.min(LONGEST_BAR, width - start.length() - end.length() - 2);
        String line = share > 0 && room >= SHORTEST_BAR ? start + drawn(room) + end : start.stripTrailing() + end;
        return line.substring(0, Math.min(width, line.length()));
    }

    private String drawn(int room) {
        int done = (int) (share * room);
        String tip = done < room ? ">" : "";
        return "[" + "=".repeat(done) + tip + " ".repeat(room - done - tip.length()) + "]";
    }

    private List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (expectedRows > 0) {
            facts.add(String.format(Locale.ROOT, "%,d/%s", rows, Report.rows(expectedRows)));
        } else if (rows > 0) {
            facts.add(Report.rows(rows));
        }
        if (rows > 0 && isMeasurable()) {
            facts.add(String.format(Locale.ROOT, "%,.0f/s", rows / (ofPart.toMillis() / 1000.0)));
        }
        timeLeft().ifPresent(left -> facts.add(seconds(left) + " left"));
        return facts;
    }

    private Optional<Duration> timeLeft() {
        return share > 0 && share < 1 && isMeasurable()
                ? Optional.of(Duration.ofMillis((long) (ofPart.toMillis() * (1 - share) / share)))
                : Optional.empty();
    }

    private boolean isMeasurable() {
        return ofPart.compareTo(MEASURABLE) >= 0;
    }

    /** Of long times the minutes, as nobody counts their seconds. */
    private static String seconds(Duration time) {
        return time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }
}
