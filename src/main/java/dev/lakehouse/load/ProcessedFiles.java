package dev.lakehouse.load;

import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.ScratchSpace;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table of files that were loaded, each with the state in which it was: {@code _file, _size, _modified_at} and counts. A
 * file counts as loaded once its row is there, so the row is written last.
 *
 * @param target the table
 */
public record ProcessedFiles(Target target) {
    private static final String[] STATE = {TextFiles.FILE, "_size", "_modified_at"};

    /**
     * Of listed files those that were not loaded in the state in which they are now.
     *
     * @param listed as from {@link TextFiles#at}
     */
    public Dataset<Row> pending(Dataset<Row> listed) {
        return listed.join(target.rows().select("_file", "_size", "_modified_at"), STATE, "left_anti");
    }

    /**
     * Records loaded files, in place of their earlier states.
     *
     * @param files with the columns of the table
     */
    public MergePlan record(Dataset<Row> files, ScratchSpace scratch) {
        return MergePlan.fullState(target, files, target.rowsWithKeysOf(files), scratch);
    }
}
