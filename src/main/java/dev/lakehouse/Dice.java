package dev.lakehouse;

import java.util.List;

/**
 * A stream of random numbers (SplitMix64) that is the same on every machine and Java version, and costs nothing to
 * start, so that each generated row has a stream of its own.
 *
 * <p>Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
public final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** The stream number {@code index} of those that belong to a seed. */
    public static Dice of(long seed, long index) {
        return new Dice(mix(mix(seed + GAMMA) + index * GAMMA));
    }

    /** Two numbers to one, such that streams of the result have nothing in common with those of either. */
    public static long combine(long seed, long other) {
        return mix(mix(seed + GAMMA) ^ (other + GAMMA));
    }

    /** All 64 bits random. */
    public long bits() {
        state += GAMMA;
        return mix(state);
    }

    /** Even over 0 to {@code bound} - 1, for a bound from 1 to 2^31 - 1. */
    public int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    /** Even over 0 to {@code bound} - 1, as far as 63 bits divide evenly. */
    public long below(long bound) {
        return (bits() >>> 1) % bound;
    }

    /** One of them, each as likely. */
    public <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
