package dev.lakehouse.cli;

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

    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(paramLabel = "NAME", description = "What to compare: a product (members)")
    private String name;

    @Override
    public Integer call() {
        Runs runs = Runs.of(lakehouse, name, List.of("reconcile"));
        return runs.run(
                lakehouse.samples().readBy(runs), environment -> {}, runs.take(REUSE) ? Map.of(REUSE, "0") : Map.of());
    }
}
