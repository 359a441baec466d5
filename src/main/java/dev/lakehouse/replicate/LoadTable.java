package dev.lakehouse.replicate;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractOptions;
import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.ledger.TaskRun.Outcome;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.load.DeltaSink;
import dev.lakehouse.load.Expectation;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Loads the extracts that are not yet in a Delta table, in the order of their numbers, each exactly once. If all
 * are loaded, the newest one is loaded once more where the table is not as its load left it ({@link Reload}).
 *
 * <p>An extract is refused if its files are not those of its manifest, its columns do not fit, or it would delete too
 * many rows. The target is then unchanged. A refused extract is superseded by a newer one, which the ledger records. A
 * target that was loaded from another source or table is refused as well.
 *
 * <p>A product that has expectations extends this class.
 */
public class LoadTable extends Task {
    @Mixin
    private final ExtractOptions extracts = new ExtractOptions();

    @Option(names = "--target", required = true, paramLabel = "SCHEMA.TABLE", description = "The Delta table")
    private String target;

    @Option(
            names = "--schema-policy",
            defaultValue = "evolve",
            description = "What happens to new source columns: evolve, freeze or discard (default: ${DEFAULT-VALUE})")
    private SchemaPolicy policy;

    @Option(
            names = "--delete-percent",
            defaultValue = "20",
            description = "Share of the target's rows that an extract may delete (default: ${DEFAULT-VALUE})")
    private int deletePercent;

    @Option(
            names = "--accept-deletes",
            defaultValue = "0",
            paramLabel = "N",
            description = "Number of deletions that are accepted beyond that share")
    private long acceptedDeletes;

    @Option(
            names = "--zone",
            defaultValue = "",
            converter = LatestDay.ZoneConverter.class,
            description = "Time zone of the source's dates, such as Asia/Hong_Kong; without it a date may be one day"
                    + " after the day of the extract in UTC")
    private LatestDay latestDay;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadTable().execute(arguments);
    }

    /**
     * The expectations of the rows; none by default.
     *
     * @param latestDay the day of the extract in the time zone of the source's dates; later dates are in the future
     */
    protected List<Expectation> expectations(LocalDate latestDay) {
        return List.of();
    }

    @Override
    protected final Result run(TaskContext context) {
        TableName name = TableName.parse(target);
        TargetTable targetTable = new TargetTable(context.session(), context.tables(), name);
        LoadRules rules = new LoadRules(policy, deletePercent, acceptedDeletes, latestDay, this::expectations);
        context.progress(Result.none().table(name));

        Optional<Landing> found = extracts.landing();
        TargetTable.Loaded loaded = targetTable.loaded(context);
        long last = loaded.number();
        found.ifPresent(landing -> checkSource(landing, targetTable, last));
        List<Long> published = found.map(Landing::published).orElse(List.of());
        List<Long> pending = published.stream().filter(number -> number > last).toList();
        Result result = Result.none().table(name);
        if (pending.isEmpty() && published.contains(last)) {
            Reload.Finding finding = new Reload(found.orElseThrow(), targetTable, rules, loaded).find();
            if (finding.reason().isPresent()) {
                pending = List.of(last);
                context.report()
                        .line(
                                "again",
                                "extract " + last + " is loaded once more: "
                                        + finding.reason().get());
            } else {
                result = finding.nothing();
            }
        }
        if (pending.isEmpty()) {
            context.report()
                    .line(
                            "nothing",
                            "to load: " + (last == 0 ? "there is no extract" : "extract " + last + " is the newest"));
        }
        for (long number : pending) {
            Landing landing = found.orElseThrow();
            boolean newest = number == pending.get(pending.size() - 1);
            context.start(Result.none().table(name).extract(number));
            try {
                result = DeltaSink.retrying(
                        () -> new Load(context, landing, manifest(landing, number), targetTable, rules).run());
                if (!newest) {
                    context.record(Outcome.SUCCEEDED, result, Optional.empty());
                }
            } catch (ExtractRejectedException refused) {
                if (newest) {
                    throw refused;
                }
                supersede(context, name, number, refused.reason());
            }
        }
        context.report().line("where", context.tables().location(name));
        return result;
    }

    /**
     * Called before anything is written. It also checks the quarantine, whose name may be that of an unrelated table.
     */
    private static void checkSource(Landing landing, TargetTable target, long last) {
        TargetSource source = TargetSource.of(landing);
        source.check(target, () -> landing.foreignOrigin(last));
        source.checkQuarantine(target.quarantine());
    }

    private static Manifest manifest(Landing landing, long number) {
        try {
            return landing.manifest(number);
        } catch (UserError e) {
            throw new ExtractRejectedException(e);
        }
    }

    private static void supersede(TaskContext context, TableName name, long number, UserError reason) {
        context.report().warn("Extract " + number + " is superseded by a newer one. " + reason.problem());
        context.record(Outcome.SUPERSEDED, Result.none().table(name).extract(number), Optional.of(reason.problem()));
    }
}
