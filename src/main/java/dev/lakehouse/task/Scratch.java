package dev.lakehouse.task;

import dev.lakehouse.storage.FileStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Locations for what a task needs only while it runs; it deletes its own at the end. */
public final class Scratch {
    /** No task runs as long; a location of this age was left behind by one that was killed. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(2);

    private Scratch() {}

    /**
     * A location that nobody else uses. What killed tasks left behind is deleted.
     *
     * @param below the location below which tasks of this kind have theirs
     */
    public static String below(String below) {
        String place = below.replaceFirst("/+$", "");
        Instant now = Instant.now();
        FileStore files = FileStore.of(place);
        for (String left : files.directories(place)) {
            if (left.matches("\\d{1,18}-.*") && madeAt(left).plus(LEFT_BEHIND).isBefore(now)) {
                files.delete(place + "/" + left);
            }
        }
        return place + "/" + now.getEpochSecond() + "-" + UUID.randomUUID();
    }

    private static Instant madeAt(String name) {
        return Instant.ofEpochSecond(Long.parseLong(name.substring(0, name.indexOf('-'))));
    }
}
