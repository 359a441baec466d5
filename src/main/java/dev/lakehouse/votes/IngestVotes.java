package dev.lakehouse.votes;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Scratch;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Ingests delivered files of votes into {@code blog_analysis.votes}, one row for each Id. A file that was ingested before
 * and has not changed since is not read; one that has grown is read whole and only its new votes are added.
 */
public final class IngestVotes extends Task {
    @Option(names = "--input", required = true, description = "File, folder or glob of JSON lines")
    private String input;

    @Option(names = "--scratch", required = true, description = "Location for what is needed only while it runs")
    private String scratch;

    @Mixin
    private LineLimit limit;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new IngestVotes().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        Result result = Result.none().table(VoteTables.VOTES).count(Measure.ROWS_READ, 0);
        context.progress(result);
        Dataset<Row> listed = TextFiles.at(context.session(), List.of(input));
        try (Ingestion ingestion = Ingestion.open(context, Scratch.below(scratch), limit)) {
            List<Row> unknown = ingestion.unknown(listed);
            context.report()
                    .line(
                            "files",
                            Report.count(listed.count(), "file") + " in " + input + ", "
                                    + (unknown.isEmpty() ? "none" : unknown.size()) + " new or changed");
            return unknown.isEmpty() ? result : ingestion.run(unknown);
        }
    }
}
