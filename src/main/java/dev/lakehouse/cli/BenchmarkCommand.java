package dev.lakehouse.cli;

import picocli.CommandLine.Command;

/** Measures a product on the home's servers. Existing data is not changed. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PRODUCT",
        description = "Measure a product on this machine; leaves no data behind.")
final class BenchmarkCommand {}
