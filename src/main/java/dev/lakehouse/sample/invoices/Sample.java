package dev.lakehouse.sample.invoices;

import dev.lakehouse.sample.RowCount;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.sample.SampleTarget;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A few invoices as PDFs for a first run; as a command, any number of them straight into the tables. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Fill the tables of invoices by the same merge as documents; loaded members get member numbers.")
public final class Sample implements SampleData {
    @Option(
            names = "--rows",
            paramLabel = "N",
            converter = RowCount.class,
            description = "How many invoices (default: ${DEFAULT-VALUE})")
    private long rows = 10_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed; another one adds other invoices (default: ${DEFAULT-VALUE})")
    private long seed = 123;

    @Override
    public void fill(SampleTarget target, OptionalLong number, Instant asOf) {
        target.say("The landing is empty: invoices are drawn first.");
        String folder = target.folder(product());
        target.say("Drew %d invoices as PDFs in %s", SampleDocuments.draw(target.spark(), folder), folder);
    }

    @Override
    public Consumer<SampleTarget> work() {
        return target -> {
            target.spark();
            GenerateInvoices.main(new String[] {
                "--warehouse=" + target.warehouse(), "--landing=" + target.landing(), "--rows=" + rows, "--seed=" + seed
            });
        };
    }
}
