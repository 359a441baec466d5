package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The lakehouse's command line. It ends with 0 where all went well, 1 where something failed, 2 on wrong usage. */
@Command(
        name = "lakehouse",
        mixinStandardHelpOptions = true,
        version = "lakehouse 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "MySQL tables to Delta, exactly: on Databricks, and whole on this machine.",
        subcommands = {
            RunCommand.class,
            GenerateCommand.class,
            SqlCommand.class,
            ReconcileCommand.class,
            WorkflowsCommand.class
        })
public final class Lakehouse {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    private Lakehouse() {}

    /** Runs a command and ends the JVM with its status. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Lakehouse())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Lakehouse::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return line.execute(arguments);
    }

    GlobalOptions options() {
        return options;
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        UserError wrongValue = UserError.within(e);
        print(
                command,
                wrongValue != null
                        ? wrongValue
                        : new UserError(
                                "The command cannot be understood.",
                                e.getMessage().lines().findFirst().orElse("Its options or arguments are wrong."),
                                "'" + command.getCommandSpec().qualifiedName() + " --help' tells what it takes."));
        return WRONG_USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        UserError error = UserError.within(failure);
        if (error == null) {
            LoggerFactory.getLogger(Lakehouse.class).error("A defect", failure);
            error = new UserError(
                    "The lakehouse has a defect: " + failure.getClass().getSimpleName() + ".",
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse(""),
                    "Look into the home's logs, and report it.");
        } else {
            LoggerFactory.getLogger(Lakehouse.class).error("The command failed", failure);
        }
        print(command, error);
        return FAILED;
    }

    private static void print(CommandLine command, UserError error) {
        PrintWriter out = command.getErr();
        out.println("error: " + error.getMessage());
        out.flush();
    }
}
