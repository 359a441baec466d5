package dev.lakehouse.load;

import dev.lakehouse.source.files.RefusedFiles;
import dev.lakehouse.task.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Files that were read.
 *
 * @param files the listing of the loaded files
 * @param rows their rows with {@link Quality#REASONS}
 * @param refused the files that are not loaded
 * @param stopwatch started when reading began
 */
public record FileInput(Dataset<Row> files, Dataset<Row> rows, RefusedFiles refused, TaskContext.Stopwatch stopwatch) {

    public Dataset<Row> accepted() {
        return Quality.accepted(rows);
    }

    public Dataset<Row> quarantined() {
        return Quality.quarantined(rows);
    }
}
