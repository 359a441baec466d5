package dev.lakehouse.cli;

import dev.lakehouse.local.Home;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.secrets.SecretReference;
import picocli.CommandLine.Option;

/** The options of commands that read pseudonyms. */
final class PseudonymOptions {
    @Option(
            names = "--column",
            defaultValue = "email",
            paramLabel = "NAME",
            description = "Column of the pseudonyms (default: ${DEFAULT-VALUE})")
    private String column;

    @Option(
            names = "--keyset",
            paramLabel = "REF",
            description = "Reference to the keys: env:NAME or file:PATH (default: the home's)")
    private SecretReference keyset;

    Pseudonyms in(Home home) {
        return Pseudonyms.of(column, HomeKeyset.existing(home, keyset));
    }
}
