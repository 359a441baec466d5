package dev.lakehouse.cli;

import dev.lakehouse.activity.ActivityGenerator;
import dev.lakehouse.activity.ActivityGenerator.Format;
import dev.lakehouse.activity.ActivityGenerator.Made;
import dev.lakehouse.storage.FileStore;
import java.util.Locale;

/** Generated user activity, told to a person. */
record Activity(long seed, long rows, Format format) {
    static final long ROWS = 1_000;
    static final long SEED = 123;

    /** Only on a server of our own. */
    static void generateIntoEmptyLanding(Workplace workplace) {
        workplace.spark();
        String folder = folder(workplace);
        if (workplace.s3IsLocal() && FileStore.of(folder).files(folder).isEmpty()) {
            Terminal.say("The landing is empty: user activity is generated first.");
            new Activity(SEED, ROWS, Format.PLAIN).generate(workplace);
        }
    }

    void generate(Workplace workplace) {
        workplace.spark();
        long start = System.nanoTime();
        Made made = new ActivityGenerator(seed, rows).write(folder(workplace), format);
        double seconds = (System.nanoTime() - start) / 1e9;
        Terminal.say(String.format(
                Locale.ROOT,
                "Generated %,d lines (seed %d) in %s: %,d repeat an earlier one, %,d are bad; %,d rows follow from the"
                        + " others (%.1f s, %,.0f lines/s)",
                made.rows(),
                seed,
                made.file(),
                made.repeated(),
                made.bad(),
                made.flattened(),
                seconds,
                made.rows() / seconds));
    }

    private static String folder(Workplace workplace) {
        return workplace.landing() + "/activity";
    }
}
