package dev.lakehouse.cli;

import dev.lakehouse.workflow.WorkflowListing;
import dev.lakehouse.workflow.Workflows;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the workflows. */
@Command(
        name = "workflows",
        mixinStandardHelpOptions = true,
        description = "List the workflows: what starts them, their tasks, and what of their files is ignored here.")
final class WorkflowsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        WorkflowListing.print(Workflows.read(Workplace.project("workflows")), System.out);
        return 0;
    }
}
