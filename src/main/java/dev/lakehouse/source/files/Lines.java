package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Lines of text files.
 *
 * @param rows {@code _file, _line, _text, _fault}, as {@link TextFiles} names them; without blank lines
 * @param files the files by their location
 * @param refused files that could not be read; {@code files} does not include them
 */
public record Lines(Dataset<Row> rows, Map<String, FileLines> files, RefusedFiles refused) {
    private static final Column IS_BLANK =
            col(TextFiles.TEXT).rlike("^\\s*$").and(col(TextFiles.FAULT).isNull());

    /** The number of lines that are not blank. */
    public long count() {
        return files.values().stream().mapToLong(FileLines::count).sum();
    }

    /** The number of lines that were skipped because they contain only white space. */
    public long blank() {
        return files.values().stream().mapToLong(FileLines::blank).sum();
    }

    /** These lines without those of further refused files. */
    public Lines without(RefusedFiles more) {
        Map<String, FileLines> others = new HashMap<>(files);
        others.keySet().removeIf(more::contains);
        return new Lines(more.without(rows), others, refused.and(more));
    }

    /**
     * Numbers lines without sorting them, which would cost more than reading them: the lines of each block of a file
     * are counted, and the count of the preceding blocks is added to a line's number in its block.
     *
     * @param read lines with {@link TextFiles#BLOCK} and {@link TextFiles#ROW}, from storage, because they must not
     *     change
     */
    static Lines of(Dataset<Row> read, RefusedFiles refused) {
        Column ofText = when(not(IS_BLANK), col(TextFiles.ROW));
        Dataset<Row> blocks = read.groupBy(TextFiles.FILE, TextFiles.BLOCK)
                .agg(
                        min(TextFiles.ROW).as("first_row"),
                        functions.count(lit(1)).as("lines"),
                        count_if(IS_BLANK).as("blank"),
                        min(ofText).as("first"),
                        max(ofText).as("last"))
                .orderBy(TextFiles.FILE, TextFiles.BLOCK);
        // One row per block of about 128 MB, counted once for all uses of the lines.
        List<Row> counted = blocks.collectAsList();
        Numbering numbering = new Numbering();
        List<Row> shifts = counted.stream().map(numbering::shift).toList();
        Dataset<Row> places = read.sparkSession().createDataFrame(shifts, Numbering.SHIFT);
        Dataset<Row> numbered = read.where(not(IS_BLANK))
                .join(broadcast(places), new String[] {TextFiles.FILE, TextFiles.BLOCK})
                .select(
                        col(TextFiles.FILE),
                        col(TextFiles.ROW).plus(col(Numbering.BY)).as(TextFiles.LINE),
                        col(TextFiles.TEXT),
                        col(TextFiles.FAULT));
        return new Lines(numbered, numbering.files(), refused);
    }
}
