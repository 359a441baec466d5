package dev.lakehouse.sample;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The random numbers of all samples (SplitMix64). They are the same for a seed on every machine. A stream is cheap to
 * create, so each generated row has its own.
 *
 * <p>Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 *
 * <p>There are two ways to draw below a bound, {@code nextInt} with {@link #choose} and {@link #below(int)} with
 * {@link #pick}. They give different numbers, so a generator must always use the same one to give the same rows.
 */
public final class SeededRandom implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final SplittableRandom bits;

    private SeededRandom(long state) {
        bits = new SplittableRandom(state);
    }

    /** The stream of a seed. */
    public static SeededRandom of(long seed) {
        return new SeededRandom(seed);
    }

    /** The stream number {@code index} of a seed. */
    public static SeededRandom of(long seed, long index) {
        return new SeededRandom(mix(mix(seed + GAMMA) + index * GAMMA));
    }

    /** Combines two numbers to one whose streams are independent of those of either number. */
    public static long combine(long seed, long other) {
        return mix(mix(seed + GAMMA) ^ (other + GAMMA));
    }

    /** A generator of the type that Datafaker uses. */
    public static Random forDatafaker(long seed) {
        return new Random(seed);
    }

    @Override
    public int nextInt() {
        return bits.nextInt();
    }

    @Override
    public long nextLong() {
        return bits.nextLong();
    }

    /** Uniform over 0 to {@code bound} - 1, for a bound from 1 to 2^31 - 1. */
    public int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** Approximately uniform over 0 to {@code bound} - 1, by the remainder of 63 bits. */
    public long below(long bound) {
        return (nextLong() >>> 1) % bound;
    }

    /** One of the values with equal probability, drawn by {@link #below(int)}. */
    public <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    /** One of the values with equal probability, drawn by {@code nextInt}. */
    public <T> T choose(List<T> values) {
        return values.get(nextInt(values.size()));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
