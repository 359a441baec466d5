package dev.lakehouse.members;

import dev.lakehouse.Dice;
import dev.lakehouse.UserError;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * Members that look like life, made of Datafaker's names and addresses of several countries.
 *
 * <p>A member is a function of (seed, rows, as-of date, index) and of nothing else: not of the machine, its language,
 * its time zone, the number of threads or the members made before. Ids are valid random UUIDs (version 4) that grow
 * with the index, as the first 48 bits are drawn from the index's own slice of their range: no two are equal, and a
 * table is filled in the order of its key. All members meet the expectations of the load. Thread-safe.
 */
public final class MemberGenerator {
    private static final long MOST_ROWS = 1_000_000_000L;
    private static final int YEARS = 2;
    private static final long ID_RANGE = 1L << 48;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_2 = 0x8000000000000000L;

    private final long seed;
    private final long rows;
    private final LocalDate firstDate;
    private final int days;

    private MemberGenerator(long seed, long rows, LocalDate asOf) {
        this.seed = seed;
        this.rows = rows;
        this.firstDate = asOf.minusYears(YEARS);
        this.days = (int) ChronoUnit.DAYS.between(firstDate, asOf) + 1;
    }

    /**
     * A generator of so many members.
     *
     * @param rows 1 to 1,000,000,000
     * @param asOf the last possible registration date; the first one is the same day two years before
     */
    public static MemberGenerator of(long seed, long rows, LocalDate asOf) {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new UserError(
                    "Cannot generate " + rows + " members.",
                    "The number of rows must be between 1 and 1,000,000,000.",
                    "Give another number of rows.");
        }
        return new MemberGenerator(seed, rows, asOf);
    }

    /** How many members there are. */
    public long rows() {
        return rows;
    }

    /** The member at an index from 0 to {@code rows() - 1}. */
    public Member member(long index) {
        Objects.checkIndex(index, rows);
        Dice dice = Dice.of(seed, index);
        String id = id(index, dice).toString();
        Region region = Region.pick(dice);
        Region.Name first = dice.pick(region.firstNames());
        Region.Name last = dice.pick(region.lastNames());
        return new Member(
                id,
                first.text(),
                last.text(),
                Email.of(first.mailbox(), last.mailbox(), dice),
                percent(12, dice) ? null : Shape.fill(dice.pick(region.phones()), dice),
                percent(8, dice) ? null : Shape.fill(dice.pick(region.addresses()), dice),
                percent(2, dice) ? null : dice.pick(region.cities()),
                region.country(),
                firstDate.plusDays(dice.below(days)));
    }

    private UUID id(long index, Dice dice) {
        long slice = ID_RANGE / rows;
        long start = index * slice + dice.below(slice);
        long high = start << 16 | VERSION_4 | dice.below(1 << 12);
        return new UUID(high, VARIANT_2 | dice.bits() >>> 2);
    }

    private static boolean percent(int chance, Dice dice) {
        return dice.below(100) < chance;
    }
}
