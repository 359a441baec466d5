package dev.lakehouse.ingest;

import dev.lakehouse.task.Report;
import java.util.List;

/** Removes old extracts of a landing: all but the newest few, and never one that is not loaded yet. */
final class Retention {
    private final Landing landing;
    private final int kept;

    /**
     * For a landing.
     *
     * @param kept how many extracts stay
     */
    Retention(Landing landing, int kept) {
        this.landing = landing;
        this.kept = kept;
    }

    /**
     * Removes what is old.
     *
     * @param lastLoaded the number of the extract whose state the target has
     */
    void run(Report report, long lastLoaded) {
        List<Long> published = landing.published();
        if (published.size() <= kept) {
            return;
        }
        long firstKept = published.get(published.size() - kept);
        List<Long> old = landing.claimed().stream()
                .filter(number -> number < firstKept && number <= lastLoaded)
                .toList();
        old.forEach(landing::remove);
        if (!old.isEmpty()) {
            report.line(
                    "retention",
                    Report.count(old.size(), "old extract") + " removed; the newest " + kept
                            + " stay, and those not loaded yet");
        }
    }
}
