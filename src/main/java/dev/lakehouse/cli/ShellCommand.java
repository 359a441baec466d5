package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.shell.jline3.PicocliJLineCompleter;

/**
 * Runs several commands in one process, in which Spark and the servers start once. On a terminal it has history and completion.
 * Otherwise it reads a command from each line of the standard input and ends at the first one that fails, with its exit status.
 */
@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        description =
                "Run several commands in one process, which starts Spark and the servers once. Commands come from the"
                        + " terminal, with history and completion, or a line each from the standard input, up to the first that"
                        + " fails. 'exit' ends the shell.")
final class ShellCommand implements Callable<Integer> {
    private static final String NAME = "shell";
    private static final String PROMPT = "lakehouse> ";
    private static final List<String> FOR_ONE_COMMAND = List.of("--help", "--version", "--verbose");

    @ParentCommand
    private Lakehouse lakehouse;

    @Override
    public Integer call() {
        return lakehouse.inEnvironment(Terminal::say, environment -> {
            environment.spark();
            try {
                return Terminal.isInteractive() ? fromTerminal(environment) : fromStandardInput(environment);
            } catch (IOException e) {
                throw new UncheckedIOException("The commands cannot be read", e);
            }
        });
    }

    private int fromTerminal(LocalEnvironment environment) throws IOException {
        Path history = environment.home().directory().resolve("history");
        try (org.jline.terminal.Terminal terminal = TerminalBuilder.builder().build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new PicocliJLineCompleter(commands(environment).getCommandSpec()))
                    .variable(LineReader.HISTORY_FILE, history)
                    .build();
            Terminal.say(
                    "Commands as on the command line, without './lakehouse'. Tab completes, 'exit' ends the shell.");
            while (true) {
                try {
                    List<String> words = words(reader.readLine(PROMPT));
                    if (isExit(words)) {
                        return 0;
                    }
                    execute(words, environment);
                } catch (UserInterruptException e) {
                    // Ctrl-C discards the line.
                } catch (EndOfFileException e) {
                    return 0;
                }
            }
        }
    }

    private int fromStandardInput(LocalEnvironment environment) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words;
            try {
                words = words(line);
            } catch (SyntaxError e) {
                throw new UserError(
                        "A line cannot be read as a command.",
                        "A quotation mark is not closed: " + line,
                        "Write each command on a line of its own, and close what is quoted.",
                        e);
            }
            if (isExit(words)) {
                return 0;
            }
            int status = execute(words, environment);
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }

    private static List<String> words(String line) {
        return line.isBlank() || line.stripLeading().startsWith("#")
                ? List.of()
                : new DefaultParser()
                        .parse(line, line.length()).words().stream()
                                .filter(word -> !word.isEmpty())
                                .toList();
    }

    private static boolean isExit(List<String> words) {
        return words.equals(List.of("exit")) || words.equals(List.of("quit"));
    }

    private static int execute(List<String> words, LocalEnvironment environment) {
        if (words.isEmpty()) {
            return 0;
        }
        return commands(environment)
                .execute(words.equals(List.of("help")) ? new String[] {"--help"} : words.toArray(String[]::new));
    }

    private static CommandLine commands(LocalEnvironment environment) {
        CommandLine commands = Lakehouse.commandLine(Optional.of(environment));
        commands.getCommandSpec().removeSubcommand(NAME);
        commands.setExecutionStrategy(parsed -> {
            refuseOptionsOfTheShell(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        return commands;
    }

    /** Home and servers are those of the shell. */
    private static void refuseOptionsOfTheShell(ParseResult parsed) {
        ParseResult at = parsed;
        while (at != null) {
            ParseResult level = at;
            Stream<OptionSpec> ofEveryCommand =
                    at.matchedOptions().stream().filter(option -> level == parsed || option.inherited());
            ofEveryCommand
                    .map(OptionSpec::longestName)
                    .filter(name -> !FOR_ONE_COMMAND.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new ParameterException(
                                parsed.commandSpec().commandLine(),
                                "",
                                new UserError(
                                        name + " cannot be used in a shell.",
                                        "The home and the servers of a shell stay the same.",
                                        "Leave the shell, and give " + name + " to './lakehouse shell'."));
                    });
            at = at.hasSubcommand() ? at.subcommand() : null;
        }
    }
}
