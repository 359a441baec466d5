package dev.lakehouse.cli;

import static java.lang.System.Logger.Level.ERROR;

import dev.lakehouse.UserError;
import dev.lakehouse.task.OutOfMemory;
import java.io.PrintWriter;
import java.util.Optional;
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
        description = "Exact copies of MySQL tables in Delta, on Databricks and completely on this machine.",
        subcommands = {
            RunCommand.class,
            GenerateCommand.class,
            SqlCommand.class,
            ReconcileCommand.class,
            DdlCommand.class,
            RevealCommand.class,
            KeysCommand.class,
            WorkflowsCommand.class,
            RemoteCommand.class,
            BenchmarkCommand.class
        })
public final class Lakehouse {
    static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    private final Samples samples = Samples.find();

    private Lakehouse() {}

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
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        Lakehouse lakehouse = new Lakehouse();
        CommandLine line = new CommandLine(lakehouse);
        lakehouse.samples.addTo(line, lakehouse.options);
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
