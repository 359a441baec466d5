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
 * A Parquet directory with the rows of a table. It is replaced as a whole, and only if the rows differ.
 *
 * <p>The directory has one file with a constant name, so readers see either all old or all new rows. On a local disk
 * the new file is renamed over the old one; on S3 it replaces the old one when its upload is complete. Several files
 * could not be replaced atomically. The cost is that one Spark task writes the file; for larger data, use the table.
 *
 * @param table the exported table
 * @param output the location of the directory's parent
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

    /** Refuses an output directory with files of other writers. */
    void check() {
        String foreign = FileStore.of(directory()).filesBelow(directory()).stream()
                .map(StoredFile::name)
                .filter(file -> !file.startsWith("_") && !file.startsWith("."))
                .filter(file -> !file.equals(name() + ".parquet"))
                .findFirst()
                .orElse(null);
        if (foreign != null) {
            throw new UserError(
                    directory() + " contains files that this product did not write.",
                    "One of them is " + foreign + ". Readers of the directory would also read its rows.",
                    "Give another --output, or move these files away.");
        }
    }

    /**
     * Writes the rows unless the directory already has them.
     *
     * @return whether the rows were written
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
        } catch (Exception e) { // Spark throws undeclared checked exceptions: what cannot be read is not what readers
            // shall have
            return false;
        }
    }
}
