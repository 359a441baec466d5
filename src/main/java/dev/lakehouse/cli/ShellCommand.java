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
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
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
                        + " terminal, with history and completion, or from standard input, one per line, up to the first"
                        + " that fails. 'exit' ends the shell. benchmark, remote, doctor, and streams that run endlessly"
                        + " have processes of their own.")
final class ShellCommand implements Callable<Integer> {
    /** Itself, what works beside the home's own tables, what has a Spark session of its own, and the check of a first run. */
    private static final List<String> LEFT_OUT = List.of("shell", "benchmark", "remote", "doctor");

    private static final String PROMPT = "lakehouse> ";
    private static final List<String> OF_ONE_COMMAND = List.of("--help", "--version");

    @ParentCommand
    private Lakehouse lakehouse;

    @Override
    public Integer call() {
        return lakehouse.inEnvironment(Terminal::sayAside, environment -> {
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
            // Otherwise Ctrl-C while a command runs would end this process without stopping the servers.
            terminal.handle(Signal.INT, signal -> Lakehouse.end(Interrupt.INTERRUPTED));
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer(new PicocliJLineCompleter(commands(environment).getCommandSpec()))
                    .variable(LineReader.HISTORY_FILE, history)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            Terminal.say(
                    "Commands as on the command line, without './lakehouse'. Tab completes, 'exit' ends the shell.");
            while (true) {
                try {
                    List<String> words = ShellWords.of(reader.readLine(PROMPT));
                    if (isExit(words)) {
                        return 0;
                    }
                    execute(words, environment);
                } catch (UserError e) {
                    Terminal.sayAside("error: " + e.getMessage());
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
            List<String> words = ShellWords.of(line);
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
        LEFT_OUT.forEach(commands.getCommandSpec()::removeSubcommand);
        commands.setExecutionStrategy(parsed -> {
            refuseOptionsOfTheShell(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        return commands;
    }

    /** All commands use the home, the servers and the Java of the shell. */
    private static void refuseOptionsOfTheShell(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            for (OptionSpec option : command.getParseResult().matchedOptions()) {
                String name = option.longestName();
                boolean isOfEveryCommand = command.getParent() == null || option.inherited();
                if (isOfEveryCommand && !OF_ONE_COMMAND.contains(name)) {
                    throw new ParameterException(
                            command,
                            "",
                            new UserError(
                                    name + " cannot be used in a shell.",
                                    "It applies to a shell as a whole.",
                                    "Leave the shell, and give " + name + " to './lakehouse shell'."));
                }
            }
        }
    }
}
