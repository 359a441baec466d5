package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Runs workflows in this JVM, one task after the other; only the iterations of a task run at the same time. Everything is checked before the first task starts. After that,
 * failures are results, not exceptions.
 */
public final class WorkflowRunner {
    private final TaskWork work;
    private final RunListener listener;
    private final Clock clock;
    private final Duration grace;

    /**
     * A runner.
     *
     * @param sql runs the SQL tasks
     * @param listener receives the events of runs
     * @param clock gives the start times of runs
     */
    public WorkflowRunner(SqlTaskRunner sql, RunListener listener, Clock clock) {
        this(sql, listener, clock, Duration.ofSeconds(30));
    }

    /**
     * A runner.
     *
     * @param grace how long a task may take to end after it was interrupted at its time limit
     */
    WorkflowRunner(SqlTaskRunner sql, RunListener listener, Clock clock, Duration grace) {
        this.work = new TaskWork(sql);
        this.listener = listener;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * Runs workflows one after the other, until one fails. One that failed only for some inputs of a {@code for_each_task} does not
     * keep the next one from starting, as the failure of a table does not concern the others.
     *
     * @param variables the values of the bundle's variables
     * @param parameters values of job parameters in place of their defaults, for each workflow that has them
     * @return the runs of the started workflows
     * @throws UserError if a workflow cannot run; nothing is started then
     */
    public List<WorkflowRun> run(List<Workflow> workflows, LocalVariables variables, Map<String, String> parameters) {
        checkParameters(workflows, parameters);
        List<Workflow> checked = workflows.stream()
                .map(workflow -> WorkflowCheck.check(workflow, variables, parameters))
                .toList();
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < checked.size(); i++) {
            WorkflowRun run = run(checked.get(i), parameters);
            runs.add(run);
            boolean stop = !run.isUsable();
            listener.runFinished(run, stop ? checked.subList(i + 1, checked.size()) : List.of());
            if (stop) {
                break;
            }
        }
        return List.copyOf(runs);
    }

    private WorkflowRun run(Workflow workflow, Map<String, String> parameters) {
        Instant start = clock.instant();
        // Increases with time, is a number as on Databricks, and has at most 53 bits, which every JSON reader supports.
        String runId = Long.toString(
                start.toEpochMilli() * 1000 + ThreadLocalRandom.current().nextInt(1000));
        RunValues values = new RunValues(workflow, runId, parameters);
        return new RunExecution(workflow, runId, values, work, listener, grace).execute();
    }

    private static void checkParameters(List<Workflow> workflows, Map<String, String> parameters) {
        TreeSet<String> known = new TreeSet<>();
        workflows.forEach(workflow -> known.addAll(workflow.parameters().keySet()));
        parameters.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new UserError(
                        "There is no job parameter '" + name + "' to set.",
                        known.isEmpty()
                                ? "These workflows have no parameters."
                                : "The parameters are " + String.join(", ", known) + ".",
                        "Set one of these, or none.");
            }
            workflows.forEach(workflow -> WorkflowCheck.checkParameter(workflow, value));
        });
    }
}
