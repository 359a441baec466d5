package dev.lakehouse.sample.orders;

import dev.lakehouse.Percentage;
import dev.lakehouse.sample.SeededRandom;

/**
 * The probability of a fault of a generated order.
 *
 * @param parts of {@value #ALL}; 0 for never
 */
public record Chance(long parts) {
    private static final int ALL = 100_000_000; // exact for six decimals of a percentage

    public static final Chance NEVER = new Chance(0);

    /** The probability of a share. */
    public static Chance of(Percentage share) {
        return new Chance(share.of(ALL));
    }

    /** Draws whether it happens. */
    boolean hits(SeededRandom random) {
        return random.below(ALL) < parts;
    }
}
