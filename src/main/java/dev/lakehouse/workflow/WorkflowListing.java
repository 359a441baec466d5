package dev.lakehouse.workflow;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Iterator;

/** Prints a list of workflows. */
public final class WorkflowListing {
    private static final int INDENT = 10;
    private static final int WIDTH = 86;

    private WorkflowListing() {}

    /** Prints each workflow with its start on Databricks, its tasks, and its ignored settings. */
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
            list(
                    out,
                    "tasks",
                    TaskOrder.of(workflow).stream().map(WorkflowTask::key).toList());
            list(out, "settable", workflow.parameters().keySet());
            list(out, "ignored", workflow.ignored());
            out.println();
        }
        out.println("(settable: by run NAME --set; ignored: settings for Databricks only)");
    }

    private static void line(PrintStream out, String name, String text) {
        out.println("  " + name + " ".repeat(INDENT - name.length()) + text);
    }

    /** Prints wrapped words; nothing if there are none. */
    private static void list(PrintStream out, String name, Collection<String> words) {
        StringBuilder line = new StringBuilder();
        String label = name;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next() + (rest.hasNext() ? ", " : "");
            if (line.length() + word.length() > WIDTH) {
                line(out, label, line.toString().stripTrailing());
                line.setLength(0);
                label = "";
            }
            line.append(word);
        }
        if (line.length() > 0) {
            line(out, label, line.toString());
        }
    }
}
