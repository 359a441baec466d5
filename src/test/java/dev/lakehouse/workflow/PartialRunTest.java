package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of two workflows, of which the first fails for some of its tables. */
class PartialRunTest {
    private static final String AFTER = "  - {task_key: after, depends_on: [{task_key: tables}], spark_jar_task:"
            + " {main_class_name: APPEND, parameters: [SEEN/after, after]}}\n";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void theNextWorkflowStartsIfOnlySomeTablesHaveFailed() {
        List<WorkflowRun> runs = run("'[\"one\", \"bad\", \"three\"]'", "");

        assertThat(runs).extracting(WorkflowRun::outcome).containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
        assertThat(runs).extracting(WorkflowRun::isPartial).containsExactly(true, false);
        assertThat(runs.get(0).failures())
                .anySatisfy(failure ->
                        assertThat(failure).contains("extract, tables [bad]: ").doesNotContain("\n"));
        assertThat(runs.get(1).failures()).isEmpty();
    }

    @Test
    void theNextWorkflowDoesNotStartIfAllTablesHaveFailed() {
        List<WorkflowRun> runs = run("'[\"bad\", \"worse\"]'", "");

        assertThat(runs)
                .extracting(WorkflowRun::isPartial)
                .as("of the first only")
                .containsExactly(false);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("load");
    }

    @Test
    void theNextWorkflowDoesNotStartIfATaskHasFailedThatIsOfAllTables() {
        assertThat(run("'[\"one\", \"bad\"]'", AFTER))
                .extracting(WorkflowRun::isPartial)
                .containsExactly(false);
    }

    @Test
    void withoutTablesThereIsNothingToFail() {
        assertThat(run("'[]'", AFTER))
                .extracting(WorkflowRun::outcome)
                .containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED);
    }

    private List<WorkflowRun> run(String inputs, String more) {
        directory.resolve("one").toFile().mkdir();
        directory.resolve("three").toFile().mkdir();
        List<Workflow> workflows = new ArrayList<>();
        workflows.addAll(workflow("extract", "tags: {product: shop}", inputs, more));
        workflows.addAll(workflow("load", "tags: {product: shop, runs_after: extract}", "'[\"one\"]'", ""));
        return new WorkflowRunner(
                        (file, values) -> {},
                        new ConsoleReport(new PrintStream(printed, true, StandardCharsets.UTF_8), false),
                        Clock.systemUTC())
                .run(workflows, TestWorkflows.variables(directory, "x: y"), Map.of());
    }

    /** A workflow whose tables are folders: that of one and three is there, and that of bad is not. */
    private List<Workflow> workflow(String key, String tags, String inputs, String more) {
        String tasks = """
                tasks:
                  - task_key: tables
                    for_each_task:
                      inputs: INPUTS
                      task:
                        task_key: table
                        spark_jar_task: {main_class_name: APPEND, parameters: ["SEEN/{{input}}/seen", "x"]}
                """.replace("INPUTS", inputs);
        return TestWorkflows.read(directory, key, TestWorkflows.fill(tags + "\n" + tasks + more, directory));
    }
}
