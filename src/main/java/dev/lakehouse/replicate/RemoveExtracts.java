package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractOptions;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Removes old extracts of a table from the landing. It keeps the newest ones and all that are not loaded yet. It is
 * part of every run.
 */
public final class RemoveExtracts extends Task {
    @Mixin
    private final ExtractOptions extracts = new ExtractOptions();

    @Option(
            names = "--target",
            required = true,
            paramLabel = "SCHEMA.TABLE",
            description = "The Delta table that the extracts are loaded into")
    private String target;

    @Option(
            names = "--keep-extracts",
            defaultValue = "7",
            paramLabel = "N",
            description = "Extracts that are kept, in addition to those not loaded yet (default: ${DEFAULT-VALUE})")
    private int kept;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new RemoveExtracts().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        TableName name = TableName.parse(target);
        context.progress(Result.none().table(name));
        Optional<Landing> landing = extracts.landing();
        List<Long> old = landing.map(found -> old(context, name, found)).orElse(List.of());
        old.forEach(number -> landing.orElseThrow().remove(number));
        context.report()
                .line(
                        "removed",
                        Report.count(old.size(), "old extract") + "; the newest " + kept
                                + " stay, and those not loaded yet");
        return Result.none().table(name);
    }

    /** The extracts to remove, including unfinished ones. */
    private List<Long> old(TaskContext context, TableName name, Landing landing) {
        List<Long> published = landing.published();
        if (published.size() <= kept) {
            return List.of();
        }
        TargetTable table = new TargetTable(context.session(), context.tables(), name);
        long lastLoaded = table.lastLoaded(context);
        // The number of the last load of one source does not apply to the extracts of another source.
        TargetSource.of(landing).check(table, () -> landing.foreignOrigin(lastLoaded));
        long firstKept = published.get(published.size() - kept);
        return landing.claimed().stream()
                .filter(number -> number < firstKept && number <= lastLoaded)
                .toList();
    }
}
