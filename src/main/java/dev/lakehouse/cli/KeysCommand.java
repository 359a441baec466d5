package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Manages the keys of pseudonyms. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Rotate the keys of pseudonyms, and renew pseudonyms from before a rotation.",
        subcommands = {KeysCommand.Rotate.class, KeysCommand.Renew.class})
final class KeysCommand {
    @ParentCommand
    private Lakehouse lakehouse;

    /** Adds a key. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Add a key to the home's keys for all new pseudonyms; pseudonyms of the older keys stay readable.")
    static final class Rotate implements Callable<Integer> {
        @ParentCommand
        private KeysCommand keys;

        @Override
        public Integer call() {
            keys.lakehouse.withHome(home -> {
                Keyset keyset = HomeKeyset.rotated(home);
                List<String> others = new ArrayList<>(keyset.readable());
                others.remove(keyset.primary());
                Terminal.say("New pseudonyms use the key " + keyset.primary()
                        + (others.isEmpty()
                                ? "."
                                : "; pseudonyms of " + String.join(", ", others) + " stay readable."));
                Terminal.say("The next run converts the tables to the new key.");
            });
            return 0;
        }
    }

    /** Prints the new pseudonyms of old ones. */
    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description = "Print each pseudonym and, after a comma, the pseudonym of the same value under the newest"
                    + " key, to join data from before a rotation with data after it. The values are not shown.")
    static final class Renew implements Callable<Integer> {
        @ParentCommand
        private KeysCommand keys;

        @Parameters(paramLabel = "FILE", description = "A file with a pseudonym per line")
        private Path file;

        @Mixin
        private final PseudonymOptions options = new PseudonymOptions();

        @Override
        public Integer call() {
            keys.lakehouse.withHome(home -> {
                Pseudonyms pseudonyms = options.in(home);
                lines().stream()
                        .map(old -> old + "," + pseudonyms.renewed(old))
                        .toList()
                        .forEach(Terminal::say);
            });
            return 0;
        }

        private List<String> lines() {
            try {
                return Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .toList();
            } catch (IOException e) {
                throw new UserError(
                        "The file " + file + " cannot be read.",
                        "It is missing, is not UTF-8 text, or this user may not read it.",
                        "Correct the path or its permissions.",
                        e);
            }
        }
    }
}
