package dev.lakehouse.cli;

import dev.lakehouse.privacy.Pseudonyms;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the values of pseudonyms. */
@Command(
        name = "reveal",
        mixinStandardHelpOptions = true,
        description = "Print the values of pseudonyms, one per line, for holders of the keys.")
final class RevealCommand implements Callable<Integer> {
    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(arity = "1..*", paramLabel = "PSEUDONYM", description = "A pseudonym as it is in the table")
    private List<String> texts;

    @Mixin
    private final PseudonymOptions options = new PseudonymOptions();

    @Override
    public Integer call() {
        lakehouse.withHome(home -> {
            Pseudonyms pseudonyms = options.in(home);
            // Read all before printing, because an incomplete list would look complete.
            texts.stream().map(pseudonyms::reveal).toList().forEach(Terminal::say);
        });
        return 0;
    }
}
