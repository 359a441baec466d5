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
 * One attempt of a {@link FileLoad}: what its steps work with.
 *
 * @param context of the task
 * @param scratch for rows that are needed while the attempt runs
 * @param limit the longest line that is read
 */
public record FileRun(TaskContext context, ScratchSpace scratch, LineLimit limit) {

    /** Opens a table, as it is at the start of the attempt. */
    public Target open(KeyedTable table) {
        return Target.open(context, table);
    }

    /** Writes a plan; the fail point behind it has the name of the task and of the table. */
    public MergePlan write(MergePlan plan) {
        DeltaSink.write(plan);
        passed(plan.target().table().name().table());
        return plan;
    }

    /** Few rows, computed once: they no longer change with what they were made of. */
    public static Dataset<Row> collected(Dataset<Row> few) {
        return few.sparkSession().createDataFrame(few.collectAsList(), few.schema());
    }

    /** A step is done: the fail point {@code TASK.step}. */
    public void passed(String step) {
        FailPoint.pass(context.task() + "." + step);
    }

    /**
     * Reads files of JSON lines. A file of another kind is refused.
     *
     * @param files as {@link TextFiles#at} lists them
     * @param parse from {@code _file, _line, _text, _fault} to rows with {@code _file, _line}, {@link Quality#REASONS} as
     *     {@link JsonFiles#reasons} gives them, and {@code _text} where there are reasons
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
     * What was read of JSON files.
     *
     * @param lines with the texts of all rows, also of good ones
     */
    public record JsonInput(FileInput input, Lines lines) {}

    /**
     * Reads CSV files. One without the expected header is refused.
     *
     * @param files as {@link TextFiles#at} lists them
     * @param expectations conditions over the columns that {@link CsvRows} has
     * @return rows {@code _file, _line, _text, csv}, {@code whole} where the input has such columns, {@link Quality#REASONS}
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
