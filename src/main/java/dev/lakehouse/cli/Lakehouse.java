package dev.lakehouse.cli;

import static java.lang.System.Logger.Level.ERROR;

import dev.lakehouse.UserError;
import dev.lakehouse.local.Home;
import dev.lakehouse.task.OutOfMemory;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The command line. The exit status is 0 for success, 1 for a failure, 2 for wrong usage. */
@Command(
        name = "lakehouse",
        mixinStandardHelpOptions = true,
        version = "lakehouse 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "Exact copies of MySQL tables in Delta, on Databricks or entirely on this machine.",
        subcommands = {
            AddCommand.class,
            RunCommand.class,
            GenerateCommand.class,
            SqlCommand.class,
            ReconcileCommand.class,
            DdlCommand.class,
            RevealCommand.class,
            KeysCommand.class,
            WorkflowsCommand.class,
            DoctorCommand.class,
            RemoteCommand.class,
            BenchmarkCommand.class,
            ShellCommand.class
        })
public final class Lakehouse {
    static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    private final Samples samples = Samples.find();
    private final Optional<LocalEnvironment> shell;

    private Lakehouse(Optional<LocalEnvironment> shell) {
        this.shell = shell;
    }

    /** Runs a command and ends the JVM with its status. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(Lakehouse::died);
        System.exit(run(arguments));
    }

    /**
     * Handles an exception that ended a thread of Spark or a server. If memory ran out, the JVM is ended, because it is
     * no longer reliable.
     */
    private static void died(Thread thread, Throwable failure) {
        Optional<UserError> memory =
                OutOfMemory.explain("The command, in its thread " + thread.getName() + ",", failure);
        if (memory.isPresent()) {
            System.err.println("error: " + memory.get().getMessage());
            // Shutdown hooks may need memory that is not available.
            Runtime.getRuntime().halt(FAILED);
        }
        if (Logging.isOn()) {
            System.getLogger(Lakehouse.class.getName()).log(ERROR, "The thread " + thread.getName() + " died", failure);
        } else {
            failure.printStackTrace();
        }
    }

    /** Ends the JVM. Shutdown hooks stop its servers. */
    static void end(int status) {
        System.exit(status);
    }

    static int run(String... arguments) {
        return commandLine(Optional.empty()).execute(arguments);
    }

    /**
     * Reads and runs commands.
     *
     * @param shell the environment in which all of them run; empty if each opens its own
     */
    static CommandLine commandLine(Optional<LocalEnvironment> shell) {
        Lakehouse lakehouse = new Lakehouse(shell);
        CommandLine line = new CommandLine(lakehouse);
        lakehouse.samples.addTo(line, lakehouse);
        Converters.register(line);
        OptionHelp.group(line);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Lakehouse::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    GlobalOptions options() {
        return options;
    }

    Samples samples() {
        return samples;
    }

    /**
     * Does a command's work in its environment, or in that of the shell.
     *
     * @param printer prints a line for each server when it starts, and about progress
     * @return the exit status that the work returns
     */
    int inEnvironment(Consumer<String> printer, ToIntFunction<LocalEnvironment> work) {
        if (shell.isPresent()) {
            try (LocalEnvironment.Turn turn = shell.get().turn()) {
                return work.applyAsInt(turn.environment());
            }
        }
        try (LocalEnvironment environment = LocalEnvironment.open(options, printer)) {
            return work.applyAsInt(environment);
        }
    }

    boolean isShell() {
        return shell.isPresent();
    }

    /** Whether the log and the parameters of tasks are shown; in a shell this is an option of the shell. */
    boolean isVerbose() {
        return shell.map(LocalEnvironment::isVerbose).orElse(options.isVerbose());
    }

    /** Does something with the home, which no other process uses meanwhile. */
    void withHome(Consumer<Home> work) {
        if (shell.isPresent()) {
            work.accept(shell.get().home());
            return;
        }
        try (Home home = Home.open(options.home())) {
            work.accept(home);
        }
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        UserError wrongValue = UserError.within(e);
        print(
                command,
                wrongValue != null
                        ? wrongValue
                        : new UserError(
                                "The command is not valid.",
                                UserError.firstLine(e).replaceFirst("^Error: ", ""),
                                "'" + command.getCommandSpec().qualifiedName()
                                        + " --help' lists its parameters and options."));
        return WRONG_USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        UserError error = Optional.ofNullable(UserError.within(failure))
                .or(() -> OutOfMemory.explain("The command", failure))
                .orElse(null);
        if (Logging.isOn()) {
            System.getLogger(Lakehouse.class.getName())
                    .log(ERROR, error == null ? "A defect" : "The command failed", failure);
        } else if (error == null) {
            failure.printStackTrace(command.getErr());
        }
        if (error == null) {
            error = new UserError(
                    "The lakehouse has a defect: " + failure.getClass().getSimpleName() + ".",
                    UserError.firstLine(failure),
                    Logging.isOn()
                            ? "Report it with the home's logs/lakehouse.log."
                            : "Report it with the lines above.");
        }
        print(command, error);
        return FAILED;
    }

    static void print(CommandLine command, UserError error) {
        PrintWriter out = command.getErr();
        out.println("error: " + error.getMessage());
        out.flush();
    }
}
