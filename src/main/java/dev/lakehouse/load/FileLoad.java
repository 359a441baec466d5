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
 * A task that loads files, in a fixed sequence: list, read, validate, deduplicate, quarantine, merge, record. Each table is
 * written by at most one commit, the record of files last. So a run after a stop does the steps again, and finds what was
 * written before. Where another load is in the way, the sequence begins anew.
 *
 * <p>Behind each step and each commit is a {@link dev.lakehouse.task.FailPoint}, named by task and step.
 */
public abstract class FileLoad extends Task {
    @Mixin
    private LineLimit limit;

    /** What a product declares of its own. */
    public interface Product {
        /** Of listed files those that are to be loaded, computed once. */
        Dataset<Row> pending(Dataset<Row> listed);

        /**
         * Does what is left to do where no file is to be loaded: a stop may have left tables behind.
         *
         * @param none the empty result of {@link #pending}
         */
        default void nothingPending(Dataset<Row> none) {}

        /** Reads and validates files. */
        FileInput read(Dataset<Row> files);

        /** Tells first deliveries from repetitions. */
        default void deduplicate(FileInput input) {}

        /** Plans what the quarantine table has to hold. */
        MergePlan quarantine(FileInput input);

        /** Plans and writes the product's tables. */
        void merge(FileInput input);

        /** Records the files as loaded. */
        default void record(FileInput input) {}

        /** Counts and the lines of the report; called when everything is written. */
        LoadResult result(FileInput input);
    }

    /** The table that ledger and report speak of. */
    protected abstract KeyedTable table();

    /** Files, folders and globs to read. */
    protected abstract List<String> inputs();

    /** A location below which each attempt has a folder of its own. */
    protected abstract String scratch();

    /** Opens the tables for one attempt. */
    protected abstract Product open(FileRun run);

    /** What became of the files that were not refused, as a sentence. */
    protected String outcomeOfOthers() {
        return "The other files are loaded.";
    }

    @Override
    protected final Result run(TaskContext context) {
        Result nothing = Result.none().table(table()).count(Measure.ROWS_READ, 0);
        context.progress(nothing);
        Dataset<Row> listed = list(context);
        return DeltaSink.retrying(() -> {
            try (ScratchSpace scratch = ScratchSpace.below(scratch())) {
                FileRun run = new FileRun(context, scratch, limit);
                return load(run, open(run), listed, nothing);
            }
        });
    }

    /** The files of the inputs, {@code _file, _size, _modified_at}: listed once, as the folder may change. */
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
