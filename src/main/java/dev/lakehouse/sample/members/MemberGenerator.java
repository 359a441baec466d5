package dev.lakehouse.sample.members;

import dev.lakehouse.UserError;
import dev.lakehouse.sample.SeededRandom;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * Realistic members with names and addresses of several countries from Datafaker.
 *
 * <p>A member is a function of (seed, rows, as-of date, index) only, and independent of the machine, its locale, its
 * time zone, the number of threads and other members. Ids are valid random UUIDs (version 4) that increase with the
 * index, because the first 48 bits are drawn from the index's own slice of their range. So ids are unique, and a table
 * is filled in the order of its key. All members meet the expectations of the load. Thread-safe.
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
     * A generator of a number of members.
     *
     * @param rows 1 to 1,000,000,000
     * @param asOf the last possible registration date; the first one is the same day two years earlier
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

    /** The number of members. */
    public long rows() {
        return rows;
    }

    /** The member at an index from 0 to {@code rows() - 1}. */
    public Member member(long index) {
        Objects.checkIndex(index, rows);
        SeededRandom random = SeededRandom.of(seed, index);
        String id = id(index, random).toString();
        Region region = Region.pick(random);
        Region.Name first = random.pick(region.firstNames());
        Region.Name last = random.pick(region.lastNames());
        return new Member(
                id,
                first.text(),
                last.text(),
                Email.of(first.mailbox(), last.mailbox(), random),
                percent(12, random) ? null : DigitTemplate.fill(random.pick(region.phones()), random),
                percent(8, random) ? null : DigitTemplate.fill(random.pick(region.addresses()), random),
                percent(2, random) ? null : random.pick(region.cities()),
                region.country(),
                firstDate.plusDays(random.below(days)));
    }

    private UUID id(long index, SeededRandom random) {
        long slice = ID_RANGE / rows;
        long start = index * slice + random.below(slice);
        long high = start << 16 | VERSION_4 | random.below(1 << 12);
        return new UUID(high, VARIANT_2 | random.nextLong() >>> 2);
    }

    private static boolean percent(int chance, SeededRandom random) {
        return random.below(100) < chance;
    }
}
