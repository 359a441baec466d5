package dev.lakehouse.cli;

import dev.lakehouse.remote.WorkspaceCheck;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks a workspace before a deployment. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Check a workspace for what a deployment needs: catalogue, external location, groups, rights, secrets,"
                        + " warehouse. Each missing piece is listed with the command that provides it.")
final class RemoteCheck implements Callable<Integer> {
    @ParentCommand
    private RemoteCommand remote;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "Value of a variable of the bundle, as for 'databricks bundle'; may be repeated")
    private Map<String, String> variables = Map.of();

    @Override
    public Integer call() {
        RemoteOptions options = remote.options();
        return WorkspaceCheck.print(
                        remote.workspace(),
                        LocalEnvironment.project(""),
                        options.target(),
                        options.profile(),
                        variables,
                        System.out)
                ? 0
                : Lakehouse.FAILED;
    }
}
