package dev.lakehouse.sample.votes;

import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Delivered files of votes in the landing. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Write delivered files of votes into the landing, with overlaps and lines that are not votes.")
public final class Sample implements SampleData {
    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "How many votes (default: ${DEFAULT-VALUE})")
    private long rows = 10_000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE})")
    private long seed = 123;

    @Override
    public Set<String> workflows() {
        return Set.of("votes_ingest");
    }

    @Override
    public void fill(SampleTarget target, OptionalLong number, Instant asOf) {
        target.say("The landing is empty: votes are generated first.");
        write(target);
    }

    @Override
    public Consumer<SampleTarget> work() {
        return this::write;
    }

    private void write(SampleTarget target) {
        String folder = target.folder(product());
        int files = VoteGenerator.of(seed, rows).write(folder);
        target.say("Generated %,d votes (seed %d) in %,d files of %s", rows, seed, files, folder);
    }
}
