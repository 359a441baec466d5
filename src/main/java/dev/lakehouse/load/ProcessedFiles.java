package dev.lakehouse.load;

import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.ScratchSpace;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table of loaded files, each with its state when it was loaded: {@code _file, _size, _modified_at} and counts. A
 * file counts as loaded if it has a row, so the row is written last.
 *
 * @param target the table
 */
public record ProcessedFiles(Target target) {
    private static final String[] STATE = {TextFiles.FILE, "_size", "_modified_at"};

    /**
     * The listed files that were not loaded in their current state.
     *
     * @param listed as from {@link TextFiles#at}
     */
    public Dataset<Row> pending(Dataset<Row> listed) {
        return listed.join(target.rows().select("_file", "_size", "_modified_at"), STATE, "left_anti");
    }

    /**
     * Records loaded files and replaces their earlier states.
     *
     * @param files with the columns of the table
     */
    public MergePlan record(Dataset<Row> files, ScratchSpace scratch) {
        return MergePlan.fullState(target, files, target.rowsWithKeysOf(files), scratch);
    }
}
