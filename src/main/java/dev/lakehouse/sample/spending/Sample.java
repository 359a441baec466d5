package dev.lakehouse.sample.spending;

import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The two files of spending in the landing. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Write customers.csv and purchases.csv into the landing, with gaps and bad rows.")
public final class Sample implements SampleData {
    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "How many customers, and how many purchases (default: ${DEFAULT-VALUE})")
    private long rows = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE})")
    private long seed = 123;

    @Override
    public Set<String> replacedBy() {
        return Set.of("customers", "purchases");
    }

    @Override
    public void fill(SampleTarget target, OptionalLong number, Instant asOf) {
        target.say("The landing is empty: customers and purchases are generated first.");
        write(target);
    }

    @Override
    public Consumer<SampleTarget> work() {
        return this::write;
    }

    private void write(SampleTarget target) {
        String folder = target.folder(product());
        SpendingGenerator.of(seed, rows).write(folder);
        target.say("Generated %,d customers and %,d purchases (seed %d) in %s", rows, rows, seed, folder);
    }
}
