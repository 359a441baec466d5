package dev.lakehouse.activity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.TaskContext;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows for readers: a Delta table, and a directory of Parquet, each replaced as a whole, and only where it holds other
 * rows.
 *
 * <p>The directory holds one file of a name that never changes, so that a reader sees the rows of before or of now and
 * never both or half: on a local disk the file is written beside and renamed over the old one, on S3 it appears when its
 * upload is complete, in place of the old one. Several files could not be exchanged at once anywhere. The price is that
 * one task writes the file; for more than fits into one there is the table.
 *
 * @param table the table
 * @param order the columns by which rows are sorted into files
 */
record Publication(TaskContext context, TableName table, List<String> order) {
    private static final String LOADED_AT = "_loaded_at";
    private static final long ROWS_PER_FILE = 2_000_000;

    /** Where in an output the Parquet directory is. */
    String directory(String output) {
        return output.replaceFirst("/+$", "") + "/" + table.table();
    }

    private String file(String output) {
        return directory(output) + "/" + table.table() + ".parquet";
    }

    /** Refuses an output whose readers would see files of somebody else among ours. */
    void check(String output) {
        String foreign = FileStore.of(directory(output)).filesBelow(directory(output)).stream()
                .map(StoredFile::name)
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .filter(name -> !name.equals(table.table() + ".parquet"))
                .findFirst()
                .orElse(null);
        if (foreign != null) {
            throw new UserError(
                    directory(output) + " holds files that this product did not write.",
                    "Among them is " + foreign + "; who reads the directory would take its rows for ours.",
                    "Give another --output, or move these files away.");
        }
    }

    /**
     * Brings the table to hold these rows.
     *
     * @return whether it held others
     */
    boolean toTable(Dataset<Row> rows, Content content) {
        context.tables().open(table);
        context.tables().checkUnmasked(table);
        Dataset<Row> present = context.session().table(table.sql());
        List<String> columns = Arrays.stream(present.columns())
                .filter(column -> !column.equals(LOADED_AT))
                .toList();
        boolean differs = !Content.of(present, columns).equals(content);
        if (differs) {
            int files = (int) Math.max(1, (content.rows() + ROWS_PER_FILE - 1) / ROWS_PER_FILE);
            Dataset<Row> laidOut = files == 1 ? rows.coalesce(1) : rows.repartitionByRange(files, sorting());
            laidOut.sortWithinPartitions(sorting())
                    .withColumn(LOADED_AT, lit(context.clock().instant()))
                    .select(Arrays.stream(present.columns())
                            .map(column -> col(column))
                            .toArray(Column[]::new))
                    .write()
                    .mode("overwrite")
                    .insertInto(table.sql());
        }
        FailPoint.pass("activity." + table.table() + ".table");
        return differs;
    }

    /**
     * Brings the Parquet directory to hold these rows.
     *
     * @param scratch a location for what is not complete yet
     * @return whether it held others
     */
    boolean toParquet(Dataset<Row> rows, Content content, String output, String scratch) {
        boolean differs = !isThere(rows, content, file(output));
        if (differs) {
            rows.repartition(1)
                    .sortWithinPartitions(sorting())
                    .write()
                    .mode("overwrite")
                    .option("compression", "zstd")
                    .parquet(scratch);
            FailPoint.pass("activity." + table.table() + ".written");
            String whole = FileStore.of(scratch).files(scratch).stream()
                    .filter(file -> file.name().endsWith(".parquet"))
                    .map(StoredFile::location)
                    .findFirst()
                    .orElseThrow();
            FileStore.of(file(output)).replace(file(output), out -> {
                try (InputStream in = FileStore.of(whole).open(whole)) {
                    in.transferTo(out);
                    FailPoint.pass("activity." + table.table() + ".copied");
                }
            });
        }
        FailPoint.pass("activity." + table.table() + ".parquet");
        return differs;
    }

    private boolean isThere(Dataset<Row> rows, Content content, String file) {
        if (!FileStore.of(file).exists(file)) {
            return false;
        }
        SparkSession session = context.session();
        try {
            Dataset<Row> present = session.read().parquet(file.replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1"));
            return present.schema().catalogString().equals(rows.schema().catalogString())
                    && Content.of(present, List.of(rows.columns())).equals(content);
        } catch (Exception e) { // Spark throws it undeclared: what cannot be read is not what readers shall have
            return false;
        }
    }

    private Column[] sorting() {
        return order.stream().map(column -> col(column)).toArray(Column[]::new);
    }
}
