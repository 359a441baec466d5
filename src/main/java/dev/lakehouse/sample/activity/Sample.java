package dev.lakehouse.sample.activity;

import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import dev.lakehouse.sample.activity.ActivityGenerator.Format;
import dev.lakehouse.sample.activity.ActivityGenerator.Made;
import dev.lakehouse.task.TaskContext.Stopwatch;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A file of user activity in the landing. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Write a file of user activity into the landing, with repeated lines, ties, gaps and bad lines.")
public final class Sample implements SampleData {
    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "How many lines (default: ${DEFAULT-VALUE})")
    private long rows = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE})")
    private long seed = 123;

    @Option(names = "--gzip", description = "Compress the file")
    private boolean gzip;

    @Override
    public void fill(SampleTarget target, OptionalLong number, Instant asOf) {
        target.say("The landing is empty: user activity is generated first.");
        write(target);
    }

    @Override
    public Consumer<SampleTarget> work() {
        return this::write;
    }

    private void write(SampleTarget target) {
        String folder = target.folder(product());
        Stopwatch stopwatch = Stopwatch.start();
        Made made = new ActivityGenerator(seed, rows).write(folder, gzip ? Format.GZIP : Format.PLAIN);
        double seconds = stopwatch.seconds();
        target.say(
                "Generated %,d lines (seed %d) in %s: %,d repeat an earlier one, %,d are bad; the others give"
                        + " %,d rows (%.1f s, %,.0f lines/s)",
                made.rows(),
                seed,
                made.file(),
                made.repeated(),
                made.bad(),
                made.flattened(),
                seconds,
                made.rows() / seconds);
    }
}
