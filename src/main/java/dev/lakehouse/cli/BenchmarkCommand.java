package dev.lakehouse.cli;

import dev.lakehouse.orders.generator.Rate;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures a product on the home's servers, beside what these hold. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PRODUCT",
        description = "Measure a product on this machine; nothing of it stays.",
        subcommands = BenchmarkCommand.OfOrders.class)
final class BenchmarkCommand {
    @ParentCommand
    private Lakehouse lakehouse;

    /** The stream of orders. */
    @Command(
            name = "orders",
            mixinStandardHelpOptions = true,
            description =
                    "Measure how many orders a second are streamed into the tables, and how long a live order takes"
                            + " from Kafka to its row. Topic and tables are the benchmark's own and removed at its end.")
    static final class OfOrders implements Callable<Integer> {
        @ParentCommand
        private BenchmarkCommand benchmark;

        @Option(
                names = "--orders",
                paramLabel = "N",
                converter = Converters.Rows.class,
                defaultValue = "200000",
                description = "Orders streamed into empty tables; then a tenth of that into the filled ones (default:"
                        + " ${DEFAULT-VALUE})")
        private long orders;

        @Option(
                names = "--rate",
                paramLabel = "RATE",
                converter = Converters.OrderRate.class,
                defaultValue = "100/second",
                description = "How fast live orders are sent (default: ${DEFAULT-VALUE})")
        private Rate rate;

        @Option(
                names = "--for",
                paramLabel = "TIME",
                converter = Converters.Time.class,
                defaultValue = "60s",
                description = "How long live orders are sent, such as 30s or 5m (default: ${DEFAULT-VALUE})")
        private Duration time;

        @Override
        public Integer call() {
            OrdersBenchmark orders = new OrdersBenchmark(this.orders, rate, time);
            try (Workplace workplace = Workplace.open(benchmark.lakehouse.options(), Terminal::say)) {
                orders.run(workplace);
            }
            return 0;
        }
    }
}
