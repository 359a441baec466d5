package dev.lakehouse.sample.orders;

import dev.lakehouse.Percentage;
import dev.lakehouse.sample.SeededRandom;

/**
 * How often something happens to a generated order.
 *
 * @param parts of {@value #ALL}: 0 is never
 */
public record Chance(long parts) {
    private static final int ALL = 100_000_000; // exact for six digits behind the point of a percentage

    public static final Chance NEVER = new Chance(0);

    /** In that share of all cases. */
    public static Chance of(Percentage share) {
        return new Chance(share.of(ALL));
    }

    /** Whether it happens this time. */
    boolean hits(SeededRandom random) {
        return random.below(ALL) < parts;
    }
}
