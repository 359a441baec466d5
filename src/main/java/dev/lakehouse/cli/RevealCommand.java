package dev.lakehouse.cli;

import dev.lakehouse.local.Home;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.secrets.SecretReference;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints what pseudonyms stand for. */
@Command(
        name = "reveal",
        mixinStandardHelpOptions = true,
        description = "Print the values behind pseudonyms, a line each, for whoever holds the keys.")
final class RevealCommand implements Callable<Integer> {
    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(arity = "1..*", paramLabel = "PSEUDONYM", description = "As it stands in the table")
    private List<String> texts;

    @Option(
            names = "--column",
            defaultValue = "email",
            paramLabel = "NAME",
            description = "Column that they are from (default: ${DEFAULT-VALUE})")
    private String column;

    @Option(
            names = "--keyset",
            paramLabel = "REF",
            converter = Converters.Secret.class,
            description = "Where the keys are kept: env:NAME or file:PATH (default: the home's)")
    private SecretReference keyset;

    @Override
    public Integer call() {
        try (Home home = Home.open(lakehouse.options().home())) {
            Pseudonyms pseudonyms = Pseudonyms.of(column, HomeKeyset.existing(home, keyset));
            // All of them first: a list with a gap would be taken for whole.
            texts.stream().map(pseudonyms::reveal).toList().forEach(Terminal::say);
        }
        return 0;
    }
}
