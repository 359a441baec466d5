package dev.lakehouse.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Compares the current state of a source, its newest extract and its Delta table. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Read the source and compare it with its newest extract and its Delta table.")
final class ReconcileCommand implements Callable<Integer> {
    /** The job parameter that allows the task to take over an earlier proof instead of reading the source. */
    private static final String REUSE = "reuse_proof_minutes";

    /** The job parameter with the steps that each table takes, and the task that does so. */
    private static final String STEPS = "steps";

    private static final String TABLES = "tables";
    private static final String RECONCILE = "reconcile";

    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(paramLabel = "NAME", description = "What to compare: a product (members), or a database that was added")
    private String name;

    @Override
    public Integer call() {
        Runs runs = comparisons();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (runs.take(REUSE)) {
            parameters.put(REUSE, "0");
        }
        if (runs.take(STEPS)) {
            parameters.put(STEPS, RECONCILE);
        }
        return runs.run(lakehouse.samples().readBy(runs), environment -> {}, parameters);
    }

    /** The task of that name, or of an added database the workflow with a step of that name for each table. */
    private Runs comparisons() {
        Runs all = Runs.of(lakehouse, name, List.of());
        Runs ofTables = all.with(STEPS, RECONCILE);
        return ofTables.workflows().isEmpty() ? Runs.of(lakehouse, name, List.of(RECONCILE)) : ofTables.only(TABLES);
    }
}
