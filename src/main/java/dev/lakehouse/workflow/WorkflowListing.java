package dev.lakehouse.workflow;

import java.io.PrintStream;

/** What workflows there are, for people. */
public final class WorkflowListing {
    private WorkflowListing() {}

    /** Prints each workflow with what starts it on Databricks, its tasks, and what of its file is ignored here. */
    public static void print(Workflows workflows, PrintStream out) {
        for (Workflow workflow : workflows.all()) {
            out.println(workflow.key() + " (" + YamlNode.display(workflow.file()) + ")");
            workflow.product()
                    .ifPresent(product -> line(
                            out,
                            "product",
                            product
                                    + workflow.runsAfter()
                                            .map(before -> ", after " + before)
                                            .orElse("")));
            line(out, "starts", workflow.starts());
            line(
                    out,
                    "tasks",
                    String.join(
                            " > ",
                            TaskOrder.of(workflow).tasks().stream()
                                    .map(WorkflowTask::key)
                                    .toList()));
            if (!workflow.parameters().isEmpty()) {
                line(out, "settable", String.join(", ", workflow.parameters().keySet()));
            }
            if (!workflow.ignored().isEmpty()) {
                line(out, "ignored", String.join(", ", workflow.ignored()) + " (for Databricks)");
            }
            out.println();
        }
    }

    private static void line(PrintStream out, String name, String text) {
        out.println("  " + name + " ".repeat(10 - name.length()) + text);
    }
}
