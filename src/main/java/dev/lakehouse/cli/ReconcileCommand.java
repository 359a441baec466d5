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
        description = "Compare source, newest extract and Delta table now; the same as 'run NAME --only reconcile'.")
final class ReconcileCommand implements Callable<Integer> {
    @ParentCommand
    private Lakehouse lakehouse;

    @Parameters(paramLabel = "NAME", description = "What to compare: a product (members)")
    private String name;

    @Override
    public Integer call() {
        return Runs.of(lakehouse.options(), name, List.of("reconcile")).run(workplace -> {}, Map.of());
    }
}
