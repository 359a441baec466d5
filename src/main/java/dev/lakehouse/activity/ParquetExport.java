package dev.lakehouse.activity;

import dev.lakehouse.UserError;
import dev.lakehouse.load.Columns;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.StoredFile;
import java.io.InputStream;
import java.util.List;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A directory of Parquet with the rows of a table, replaced as a whole, and only where it holds other rows.
 *
 * <p>The directory holds one file of a name that never changes, so that a reader sees the rows of before or of now and
 * never both or half: on a local disk the file is written beside and renamed over the old one, on S3 it appears when its
 * upload is complete, in place of the old one. Several files could not be exchanged at once anywhere. The price is that
 * one task writes the file; for more than fits into one there is the table.
 *
 * @param table whose rows are exported
 * @param output the location below which the directory is
 */
record ParquetExport(KeyedTable table, String output) {

    private String name() {
        return table.name().table();
    }

    String directory() {
        return Location.below(output, name());
    }

    private String file() {
        return directory() + "/" + name() + ".parquet";
    }

    /** Refuses an output whose readers would see files of somebody else among ours. */
    void check() {
        String foreign = FileStore.of(directory()).filesBelow(directory()).stream()
                .map(StoredFile::name)
                .filter(file -> !file.startsWith("_") && !file.startsWith("."))
                .filter(file -> !file.equals(name() + ".parquet"))
                .findFirst()
                .orElse(null);
        if (foreign != null) {
            throw new UserError(
                    directory() + " holds files that this product did not write.",
                    "Among them is " + foreign + "; who reads the directory would take its rows for ours.",
                    "Give another --output, or move these files away.");
        }
    }

    /**
     * Brings the directory to hold these rows.
     *
     * @return whether it held others
     */
    boolean write(FileRun run, Dataset<Row> rows) {
        boolean differs = !holds(rows);
        if (differs) {
            DataFrameWriter<Row> writer = rows.repartition(1)
                    .sortWithinPartitions(Columns.named(table.order()))
                    .write()
                    .option("compression", "zstd");
            String whole = run.scratch()
                    .files(writer, "parquet", name() + ".parquet")
                    .get(0)
                    .location();
            run.passed(name() + ".written");
            FileStore.of(file()).replace(file(), out -> {
                try (InputStream in = FileStore.of(whole).open(whole)) {
                    in.transferTo(out);
                    run.passed(name() + ".copied");
                }
            });
        }
        run.passed(name() + ".parquet");
        return differs;
    }

    private boolean holds(Dataset<Row> rows) {
        if (!FileStore.of(file()).exists(file())) {
            return false;
        }
        try {
            Dataset<Row> present = rows.sparkSession().read().parquet(Location.escaped(file()));
            return present.schema().catalogString().equals(rows.schema().catalogString())
                    && TableFingerprint.of(present, List.of(rows.columns()))
                            .equals(TableFingerprint.of(rows, List.of(rows.columns())));
        } catch (Exception e) { // Spark throws it undeclared: what cannot be read is not what readers shall have
            return false;
        }
    }
}
