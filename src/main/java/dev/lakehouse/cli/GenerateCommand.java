package dev.lakehouse.cli;

import picocli.CommandLine.Command;

/** Makes input for the products, each by its sample; the only command that writes to a person's server. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PRODUCT",
        description = "Generate input for a product.")
final class GenerateCommand {}
