package dev.lakehouse.task;

import dev.lakehouse.ledger.Ledger;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/**
 * Maintains tables and the ledger at an interval of days. OPTIMIZE combines small files in the order of the clustering;
 * VACUUM deletes files that no version of the last week needs.
 *
 * <p>It is part of every run, and usually nothing is due. The interval starts at its last successful run in the ledger,
 * or at the creation of the first table. If it is stopped, the next run does the rest.
 */
public final class TidyTable extends Task {
    @Option(
            names = "--target",
            required = true,
            split = ",",
            paramLabel = "SCHEMA.TABLE",
            description = "The Delta table, or several; their quarantine tables are tidied as well")
    private List<String> targets;

    @Option(
            names = "--every-days",
            defaultValue = "7",
            paramLabel = "N",
            description = "Days between two runs of OPTIMIZE and VACUUM; 0: in every run (default: ${DEFAULT-VALUE})")
    private long everyDays;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new TidyTable().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        TableName name = TableName.parse(targets.get(0));
        if (!context.tables().find(name)) {
            context.report().line("nothing", "to tidy: there is no table " + name + " yet");
            return Result.none();
        }
        Instant due = last(context, name).plus(Duration.ofDays(everyDays));
        if (context.clock().instant().isBefore(due)) {
            context.report().line("not tidied", "the next time is due at " + due.truncatedTo(ChronoUnit.MINUTES));
            // The result has no table name, because the newest ledger row with the name shows when the table was last
            // tidied.
            return Result.none();
        }
        tables().filter(each -> context.tables().find(each)).forEach(each -> tidy(context, each));
        return Result.none().table(name);
    }

    private Stream<TableName> tables() {
        return Stream.concat(
                targets.stream().map(TableName::parse).flatMap(target -> Stream.of(target, target.quarantine())),
                Stream.of(Ledger.TABLE));
    }

    private static Instant last(TaskContext context, TableName name) {
        Instant created = context.tables().createdAt(name);
        return context.ledger()
                .lastSuccess(name.toString(), context.task())
                .filter(created::isBefore)
                .orElse(created);
    }

    private static void tidy(TaskContext context, TableName name) {
        Row metrics = context.session().sql("OPTIMIZE " + name.sql()).head().getAs("metrics");
        long removed = metrics.<Long>getAs("numFilesRemoved");
        long added = metrics.<Long>getAs("numFilesAdded");
        context.session().sql("VACUUM " + name.sql());
        context.report()
                .line(
                        "tidied",
                        name + ": "
                                + (removed == 0
                                        ? "no file to combine"
                                        : String.format(
                                                Locale.ROOT,
                                                "%s combined into %d",
                                                Report.count(removed, "file"),
                                                added))
                                + ", obsolete files deleted");
    }
}
