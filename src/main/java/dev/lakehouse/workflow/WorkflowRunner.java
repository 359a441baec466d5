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
 * Runs workflows on this machine, in this JVM, one task after the other. Everything is checked before the first task
 * starts; from then on failures are results, not exceptions.
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
     * @param listener is told how it goes
     * @param clock gives the start times of runs
     */
    public WorkflowRunner(SqlTaskRunner sql, RunListener listener, Clock clock) {
        this(sql, listener, clock, Duration.ofSeconds(30));
    }

    /**
     * A runner.
     *
     * @param grace how long a task that was interrupted at its time limit may take to end
     */
    WorkflowRunner(SqlTaskRunner sql, RunListener listener, Clock clock, Duration grace) {
        this.work = new TaskWork(sql);
        this.listener = listener;
        this.clock = clock;
        this.grace = grace;
    }

    /**
     * Runs workflows one after the other, until one fails.
     *
     * @param variables what the bundle's variables stand for here
     * @param parameters replace the defaults of the jobs' parameters of these names, in each workflow that has them
     * @return the runs of the workflows that were started; only the last can have failed
     * @throws UserError where a workflow cannot run as it stands; nothing has started then
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
            boolean stop = run.outcome().isFailure();
            listener.runFinished(run, stop ? checked.subList(i + 1, checked.size()) : List.of());
            if (stop) {
                break;
            }
        }
        return List.copyOf(runs);
    }

    private WorkflowRun run(Workflow workflow, Map<String, String> parameters) {
        Instant start = clock.instant();
        // Grows with time, is a number as on Databricks, and fits the 53 bits that every reader of JSON can hold.
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
                                ? "What is to run has no parameters."
                                : "The parameters are " + String.join(", ", known) + ".",
                        "Set one of these, or none.");
            }
            workflows.forEach(workflow -> WorkflowCheck.checkParameter(workflow, value));
        });
    }
}
