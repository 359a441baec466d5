package dev.lakehouse.cli;

import picocli.CommandLine.Command;

/** Generates input for products by their samples. This is the only command that writes to a user's own server. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PRODUCT",
        description = "Generate input for a product.")
final class GenerateCommand {}
