package dev.lakehouse.remote;

import java.time.Duration;

/**
 * How long a request is repeated, and how often a state is asked for.
 *
 * @param connect until the workspace has answered for the first time: a wrong address should be reported soon
 * @param repeat afterwards, per request
 * @param firstPause before the first repetition; each later pause is twice as long, up to {@code longestPause}
 * @param longestPause the longest pause, also where the workspace asks for a longer one
 * @param poll between two questions about the same state, after the first ones
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

    /** The pause before question number {@code count}: short at first, so that a short run is not waited for. */
    Duration untilQuestion(int count) {
        return shorter(poll.dividedBy(10).multipliedBy(count + 1L), poll);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
