package dev.lakehouse.spending;

import dev.lakehouse.load.Columns;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.ScratchSpace;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes a CSV file with a header (RFC 4180, UTF-8) as one file with the given name, atomically. */
final class CsvFile {
    private CsvFile() {}

    /**
     * Writes rows in order.
     *
     * @param rows sorted rows; Spark writes them as several files, which are concatenated
     * @param columns the columns, in this order
     * @param location the file
     * @param scratch a folder for Spark's files
     */
    static void write(Dataset<Row> rows, List<String> columns, String location, ScratchSpace scratch) {
        DataFrameWriter<Row> writer = rows.select(Columns.named(columns))
                .write()
                .option("escape", "\"")
                .option("emptyValue", "")
                .option("ignoreLeadingWhiteSpace", "false")
                .option("ignoreTrailingWhiteSpace", "false")
                .option("compression", "none");
        String name = location.substring(location.lastIndexOf('/') + 1);
        List<StoredFile> parts = scratch.files(writer, "csv", name);
        FileStore.of(location).replace(location, out -> {
            out.write((String.join(",", columns) + "\n").getBytes(StandardCharsets.UTF_8));
            for (StoredFile part : parts) {
                try (InputStream in = FileStore.of(part.location()).open(part.location())) {
                    in.transferTo(out);
                }
            }
        });
    }
}
