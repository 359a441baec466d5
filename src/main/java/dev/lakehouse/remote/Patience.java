package dev.lakehouse.remote;

import java.time.Duration;

/**
 * How long requests are repeated, and how often a state is polled.
 *
 * @param connect the limit until the workspace's first answer, so that a wrong address is reported soon
 * @param repeat the limit afterwards, per request
 * @param firstPause before the first repetition; each later pause is twice as long, up to {@code longestPause}
 * @param longestPause the longest pause, even if the workspace requests a longer one
 * @param poll the pause between two polls of a state, after the first ones
 */
record Patience(Duration connect, Duration repeat, Duration firstPause, Duration longestPause, Duration poll) {
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(10),
            Duration.ofMinutes(15),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    private static final int DOUBLINGS = 6;

    /** The pause before repetition number {@code count}, counted from 0. */
    Duration pause(int count) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(count, DOUBLINGS));
        return shorter(pause, longestPause);
    }

    /**
     * The pause before poll number {@code count}. The first ones are short, so that the end of a short run is seen
     * soon.
     */
    Duration untilQuestion(int count) {
        return shorter(poll.dividedBy(10).multipliedBy(count + 1L), poll);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
