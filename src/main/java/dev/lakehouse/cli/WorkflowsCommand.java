package dev.lakehouse.cli;

import dev.lakehouse.UserError;
import dev.lakehouse.workflow.WorkflowListing;
import dev.lakehouse.workflow.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the workflows. Files that cannot run here are listed last and make the command fail. */
@Command(
        name = "workflows",
        mixinStandardHelpOptions = true,
        description = "List the workflows: what starts them, their tasks, and which settings of their files are"
                + " ignored here.")
final class WorkflowsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<UserError> refused = new ArrayList<>();
        Workflows workflows = Workflows.read(LocalEnvironment.project("workflows"), refused::add);
        WorkflowListing.print(workflows, System.out);
        refused.forEach(error -> Lakehouse.print(spec.commandLine(), error));
        return refused.isEmpty() ? 0 : Lakehouse.FAILED;
    }
}
