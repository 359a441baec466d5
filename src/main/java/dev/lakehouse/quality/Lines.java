package dev.lakehouse.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Lines of text files.
 *
 * @param rows {@code _file, _line, _text, _is_utf8}, as {@link TextFiles} names them; without blank lines
 * @param count how many rows these are
 * @param blank how many lines were left out because nothing but white space stands in them
 */
public record Lines(Dataset<Row> rows, long count, long blank) {
    private static final Column IS_BLANK = col(TextFiles.TEXT).rlike("^\\s*$");

    /**
     * Numbers lines. Sorting them would cost more than reading them: the lines of each block of a file are counted, and
     * what stands before a block is added to a line's place in it.
     *
     * @param read lines with {@link TextFiles#BLOCK} and {@link TextFiles#ROW}, from storage: they must not change
     */
    static Lines of(Dataset<Row> read) {
        Dataset<Row> blocks = read.groupBy(TextFiles.FILE, TextFiles.BLOCK)
                .agg(
                        functions.count(lit(1)).as("lines"),
                        count_if(IS_BLANK).as("blank"),
                        min(TextFiles.ROW).as("first"));
        Column before = coalesce(
                sum("lines")
                        .over(Window.partitionBy(TextFiles.FILE)
                                .orderBy(TextFiles.BLOCK)
                                .rowsBetween(Window.unboundedPreceding(), -1)),
                lit(0L));
        Dataset<Row> places = blocks.select(
                col(TextFiles.FILE),
                col(TextFiles.BLOCK),
                before.minus(col("first")).as("shift"));
        Dataset<Row> numbered = read.where(not(IS_BLANK))
                .join(broadcast(places), new String[] {TextFiles.FILE, TextFiles.BLOCK})
                .select(
                        col(TextFiles.FILE),
                        col(TextFiles.ROW).plus(col("shift")).plus(1).as(TextFiles.LINE),
                        col(TextFiles.TEXT),
                        col(TextFiles.IS_UTF_8));
        Row all = blocks.agg(coalesce(sum("lines"), lit(0L)), coalesce(sum("blank"), lit(0L)))
                .head();
        return new Lines(numbered, all.getLong(0) - all.getLong(1), all.getLong(1));
    }
}
