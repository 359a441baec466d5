package dev.lakehouse.sample.orders;

import dev.lakehouse.sample.SeededRandom;

/** Draws places in random order, but each place exactly once per round. The order differs between rounds. */
final class RoundRobin {
    private RoundRobin() {}

    /**
     * The place of a turn.
     *
     * @param stream distinguishes these rounds from others of the seed
     * @param number the number of the turn, from 0
     * @param places 1 to 1,000,000
     */
    static int place(long seed, long stream, long number, int places) {
        SeededRandom round = SeededRandom.of(SeededRandom.combine(seed, stream), number / places);
        int start = round.below(places);
        long stride = 1L + round.below(places);
        while (commonDivisor(stride, places) > 1) {
            stride++;
        }
        return (int) ((start + stride * (number % places)) % places);
    }

    private static long commonDivisor(long one, long other) {
        return other == 0 ? one : commonDivisor(other, one % other);
    }
}
