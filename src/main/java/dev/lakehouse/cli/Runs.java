package dev.lakehouse.cli;

import dev.lakehouse.ledger.TaskRun;
import dev.lakehouse.sample.SampleData;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.TaskContext;
import dev.lakehouse.workflow.ConsoleReport;
import dev.lakehouse.workflow.LocalVariables;
import dev.lakehouse.workflow.Workflow;
import dev.lakehouse.workflow.WorkflowRun;
import dev.lakehouse.workflow.WorkflowRunner;
import dev.lakehouse.workflow.Workflows;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** Runs workflows of the project on this machine. */
record Runs(Lakehouse lakehouse, List<Workflow> workflows, LocalVariables variables) {
    /**
     * The workflows of a product, or the workflow of that name. They are read before anything starts.
     *
     * @param tasks the tasks to run; empty for all
     */
    static Runs of(Lakehouse lakehouse, String name, List<String> tasks) {
        return new Runs(
                lakehouse,
                Workflows.read(LocalEnvironment.project("workflows")).find(name, tasks),
                LocalVariables.read(LocalEnvironment.project("local.yml")));
    }

    /** Whether one of them has a job parameter of that name. */
    boolean take(String parameter) {
        return workflows.stream().anyMatch(candidate -> candidate.parameters().containsKey(parameter));
    }

    /** Those with a job parameter that is a list, separated by commas, with a word in its default. */
    Runs with(String parameter, String word) {
        List<Workflow> with = workflows.stream()
                .filter(workflow -> List.of(workflow.parameters()
                                .getOrDefault(parameter, "")
                                .split(","))
                        .contains(word))
                .toList();
        return new Runs(lakehouse, with, variables);
    }

    /** The same workflows with only one of their tasks. */
    Runs only(String task) {
        List<Workflow> reduced =
                workflows.stream().map(workflow -> workflow.only(List.of(task))).toList();
        return new Runs(lakehouse, reduced, variables);
    }

    boolean includeAny(Set<String> keys) {
        return workflows.stream().map(Workflow::key).anyMatch(keys::contains);
    }

    /** Whether one of them runs endlessly. */
    boolean areContinuous() {
        return workflows.stream().anyMatch(workflow -> workflow.ignored().contains("continuous"));
    }

    /**
     * Runs the workflows. The exit status is 1 if one failed.
     *
     * @param samples whose input they read; their servers start with Spark
     * @param preparation runs before the first workflow starts
     */
    int run(List<SampleData> samples, Consumer<LocalEnvironment> preparation, Map<String, String> parameters) {
        TaskContext.Stopwatch stopwatch = TaskContext.Stopwatch.start();
        return lakehouse.inEnvironment(Terminal::say, environment -> {
            environment.requirePasswords(workflows.stream()
                    .flatMap(workflow -> workflow.product().stream())
                    .collect(Collectors.toSet()));
            environment.start(samples.stream().map(SampleData::server).collect(Collectors.toSet()));
            preparation.accept(environment);
            environment.spark();
            WorkflowRunner runner = new WorkflowRunner(
                    (file, values) -> sql(environment).file(file, values, SqlFormat.TABLE),
                    new ConsoleReport(System.out, lakehouse.isVerbose()),
                    Clock.systemUTC());
            LocalVariables here = variables.with(environment.facts()).withDefaults(environment.variablesOfSources());
            List<WorkflowRun> runs = runner.run(workflows, here, parameters);
            boolean anyFailed = runs.stream().anyMatch(run -> run.outcome().isFailure());
            if (anyFailed && runs.stream().noneMatch(WorkflowRun::isPartial)) {
                return Lakehouse.FAILED; // the report of the workflow is the last thing that was printed
            }
            List<String> runIds = runs.stream().map(WorkflowRun::runId).toList();
            List<TaskRun> done = environment.ledger().pending().stream()
                    .filter(run -> runIds.contains(run.runId()))
                    .toList();
            new RunSummary(Totals.of(done), environment.tables().all(), table -> isEmpty(environment, table))
                    .lines(stopwatch.elapsed())
                    .forEach(Terminal::say);
            runs.stream()
                    .map(WorkflowRun::failures)
                    .flatMap(List::stream)
                    .forEach(failure -> Terminal.say("%s", RunSummary.line("failed", failure)));
            return anyFailed ? Lakehouse.FAILED : 0;
        });
    }

    private static boolean isEmpty(LocalEnvironment environment, TableName table) {
        return environment.tables().find(table)
                && environment.spark().table(table.sql()).isEmpty();
    }

    /** In the session and the output of the current thread, of which each iteration of a task has its own. */
    private static SqlPrinter sql(LocalEnvironment environment) {
        SparkSession session = SparkSession.getActiveSession().getOrElse(environment::spark);
        return new SqlPrinter(session, environment.tables().in(session), System.out);
    }
}
