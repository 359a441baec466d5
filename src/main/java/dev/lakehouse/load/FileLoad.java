package dev.lakehouse.load;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.Step;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Mixin;

/**
 * A task that loads files in a fixed sequence: list, read, validate, deduplicate, quarantine, merge, record. Each table
 * is written by at most one commit, and the table of processed files is written last. So a run after a stop repeats the
 * steps and recognises what was written before. If another load conflicts with this one, the sequence starts again.
 *
 * <p>Each step and each commit is followed by a {@link dev.lakehouse.task.FailPoint} named after task and step.
 */
public abstract class FileLoad extends Task {
    @Mixin
    private LineLimit limit;

    /** The steps that each product implements. */
    public interface Product {
        /** The listed files that are still to be loaded, computed once. */
        Dataset<Row> pending(Dataset<Row> listed);

        /**
         * Completes what an interrupted run left unfinished; called if there is no file to load.
         *
         * @param none the empty result of {@link #pending}
         */
        default void nothingPending(Dataset<Row> none) {}

        /** Reads and validates files. */
        FileInput read(Dataset<Row> files);

        /** Distinguishes first deliveries from repetitions. */
        default void deduplicate(FileInput input) {}

        /** Plans the changes of the quarantine table. */
        MergePlan quarantine(FileInput input);

        /** Plans and writes the product's tables. */
        void merge(FileInput input);

        /** Records the files as loaded. */
        default void record(FileInput input) {}

        /** The counts and the lines of the report; called after everything is written. */
        LoadResult result(FileInput input);
    }

    /** The table that is named in the ledger and the report. */
    protected abstract KeyedTable table();

    /** Files, folders and globs to read. */
    protected abstract List<String> inputs();

    /** A location below which each attempt creates its own folder. */
    protected abstract String scratch();

    /** Opens the tables for one attempt. */
    protected abstract Product open(FileRun run);

    /** A sentence that says what happened to the files that were not refused. */
    protected String outcomeOfOthers() {
        return "The other files are loaded.";
    }

    @Override
    protected final Result run(TaskContext context) {
        Result nothing = Result.none().table(table()).count(Measure.ROWS_READ, 0);
        context.progress(nothing);
        Dataset<Row> listed = list(context);
        return DeltaSink.retrying(() -> {
            try (ScratchSpace scratch = context.scratch(scratch())) {
                FileRun run = new FileRun(context, scratch, limit);
                return load(run, open(run), listed, nothing);
            }
        });
    }

    /** The input files, {@code _file, _size, _modified_at}. They are listed once, because the folder may change. */
    protected Dataset<Row> list(TaskContext context) {
        return FileRun.collected(TextFiles.at(context.session(), inputs()));
    }

    private Result load(FileRun run, Product product, Dataset<Row> listed, Result nothing) {
        Dataset<Row> files = product.pending(listed);
        long pending = files.count();
        run.context()
                .report()
                .line(
                        "files",
                        Report.count(listed.count(), "file") + " in " + String.join(", ", inputs()) + ", "
                                + (pending == 0 ? "none" : pending) + " to load");
        if (pending == 0) {
            product.nothingPending(files);
            return nothing;
        }
        Step.part("reading");
        FileInput input = product.read(files);
        run.passed("read");
        Result result = nothing;
        if (input.refused().files().size() < pending) {
            Step.part("deduplicating");
            product.deduplicate(input);
            Step.part("writing");
            run.write(product.quarantine(input));
            product.merge(input);
            product.record(input);
            result = product.result(input).report(run.context());
        }
        input.refused().failIfAny(outcomeOfOthers());
        return result;
    }
}
