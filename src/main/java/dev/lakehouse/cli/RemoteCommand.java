package dev.lakehouse.cli;

import dev.lakehouse.local.Home;
import dev.lakehouse.remote.JobListing;
import dev.lakehouse.remote.RemoteRuns;
import dev.lakehouse.remote.RunReport;
import dev.lakehouse.remote.Workspace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Commands for a Databricks workspace. */
@Command(
        name = "remote",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Run and follow the deployed jobs in a Databricks workspace, with the login of the Databricks CLI.",
        subcommands = {
            RemoteCommand.Run.class,
            RemoteCommand.Follow.class,
            RemoteCommand.Status.class,
            RemoteSql.class,
            RemoteCheck.class
        })
final class RemoteCommand {
    private static final long NOT_STARTED = 0;

    @ParentCommand
    private Lakehouse lakehouse;

    @Mixin
    private final RemoteOptions options = new RemoteOptions();

    RemoteOptions options() {
        return options;
    }

    /** Connects to the workspace. Logs go to the home, even if another command has it open. */
    Workspace workspace() {
        Logging.to(Home.logsOf(lakehouse.options().home()), lakehouse.options().isVerbose());
        return options.workspace();
    }

    private static int followed(RemoteRuns runs, long runId) {
        return runs.follow(runId) ? 0 : Lakehouse.FAILED;
    }

    /** Starts a deployed job and follows it. */
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Start a deployed job and follow it to its end. The exit status is 0 if it succeeds. After"
                    + " Ctrl-C the run continues.")
    static final class Run implements Callable<Integer> {
        @ParentCommand
        private RemoteCommand remote;

        @Parameters(paramLabel = "WORKFLOW", description = "A workflow (members_load), or the full name of its job")
        private String workflow;

        @Option(names = "--only", paramLabel = "TASK", split = ",", description = "Run only these tasks")
        private List<String> tasks = List.of();

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of a job parameter; may be repeated")
        private Map<String, String> parameters = Map.of();

        @Override
        public Integer call() {
            String bundle = remote.options.bundle();
            RemoteRuns runs = new RemoteRuns(remote.workspace(), new RunReport(System.out));
            AtomicLong runId = new AtomicLong(NOT_STARTED);
            Interrupt.first(() -> {
                Terminal.say(
                        runId.get() == NOT_STARTED
                                ? "The run may have started; './lakehouse remote status' shows it."
                                : RemoteRuns.goesOn(runId.get()));
                Lakehouse.end(Interrupt.INTERRUPTED);
            });
            runId.set(runs.start(bundle, workflow, remote.options.target(), tasks, parameters));
            return followed(runs, runId.get());
        }
    }

    /** Follows a run that was started before. */
    @Command(
            name = "follow",
            mixinStandardHelpOptions = true,
            description = "Follow a run that was started before to its end. The exit status is 0 if it succeeds.")
    static final class Follow implements Callable<Integer> {
        @ParentCommand
        private RemoteCommand remote;

        @Parameters(paramLabel = "RUN", description = "The number of the run")
        private long runId;

        @Override
        public Integer call() {
            RemoteRuns runs = new RemoteRuns(remote.workspace(), new RunReport(System.out));
            Interrupt.first(() -> {
                Terminal.say(RemoteRuns.goesOn(runId));
                Lakehouse.end(Interrupt.INTERRUPTED);
            });
            return followed(runs, runId);
        }
    }

    /** Lists the deployed jobs. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "List the deployed jobs of the bundle, each with its newest run.")
    static final class Status implements Callable<Integer> {
        @ParentCommand
        private RemoteCommand remote;

        @Override
        public Integer call() {
            JobListing.print(remote.workspace(), remote.options.bundle(), remote.options.target(), System.out);
            return 0;
        }
    }
}
