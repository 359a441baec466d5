package dev.lakehouse.load;

import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.CsvRows;
import dev.lakehouse.source.files.JsonFiles;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.Lines;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the steps of a {@link FileLoad} use during one attempt.
 *
 * @param context of the task
 * @param scratch for rows that are needed only during the attempt
 * @param limit the longest line that is read
 */
public record FileRun(TaskContext context, ScratchSpace scratch, LineLimit limit) {

    /** Opens a table at its state at the start of the attempt. */
    public Target open(KeyedTable table) {
        return Target.open(context, table);
    }

    /** Writes a plan, then passes the fail point named after the task and the table. */
    public MergePlan write(MergePlan plan) {
        DeltaSink.write(plan);
        passed(plan.target().table().name().table());
        return plan;
    }

    /** A small number of rows, computed once. Later changes of their input do not affect them. */
    public static Dataset<Row> collected(Dataset<Row> few) {
        return few.sparkSession().createDataFrame(few.collectAsList(), few.schema());
    }

    /** Passes the fail point {@code TASK.step} after a step. */
    public void passed(String step) {
        FailPoint.pass(context.task() + "." + step);
    }

    /**
     * Reads files of JSON lines. A file in another format is refused.
     *
     * @param files as {@link TextFiles#at} lists them
     * @param parse maps {@code _file, _line, _text, _fault} to rows with {@code _file, _line}, {@link Quality#REASONS}
     *     as {@link JsonFiles#reasons} returns them, and {@code _text} if there are reasons
     */
    public JsonInput json(Dataset<Row> files, UnaryOperator<Dataset<Row>> parse) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        Lines read = TextFiles.read(context.session(), locations(files), scratch.folder("lines"), limit);
        Dataset<Row> rows = scratch.keep(parse.apply(read.rows()), "rows");
        Lines lines = read.without(JsonFiles.refused(rows, Quality.REASONS, read));
        FileInput input = new FileInput(
                lines.refused().without(files), lines.refused().without(rows), lines.refused(), stopwatch);
        return new JsonInput(input, lines);
    }

    /**
     * The content of JSON files.
     *
     * @param lines with the texts of all rows, also of good ones
     */
    public record JsonInput(FileInput input, Lines lines) {}

    /**
     * Reads CSV files. A file without the expected header is refused.
     *
     * @param files as {@link TextFiles#at} lists them
     * @param expectations conditions over the columns of {@link CsvRows}
     * @return rows {@code _file, _line, _text, csv}, {@code whole} if the input has whole numbers,
     *     {@link Quality#REASONS}
     */
    public FileInput csv(CsvInput kind, Dataset<Row> files, List<Expectation> expectations) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        CsvRows read = kind.read(context.session(), locations(files), scratch.folder(kind.name() + "_lines"), limit);
        Dataset<Row> validated = Quality.validate(read.rows(), read.rows().col(CsvRows.FAULTS), expectations)
                .drop(CsvRows.FAULTS);
        Dataset<Row> rows = scratch.keep(validated, kind.name() + "_rows");
        return new FileInput(read.refused().without(files), rows, read.refused(), stopwatch);
    }

    private static List<String> locations(Dataset<Row> files) {
        return files.select(TextFiles.FILE).orderBy(TextFiles.FILE).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
