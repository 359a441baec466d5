package dev.lakehouse.source.files;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Numbers the lines of files block by block, in the order of files and blocks. */
final class Numbering {
    /** The difference between a line's number in its file and its number in its block. */
    static final String BY = "_shift";

    static final StructType SHIFT = new StructType()
            .add(TextFiles.FILE, DataTypes.StringType)
            .add(TextFiles.BLOCK, DataTypes.LongType)
            .add(BY, DataTypes.LongType);

    private final Map<String, FileLines> files = new HashMap<>();

    /**
     * Adds a block.
     *
     * @param block file, block, its first row, its number of lines and of blank lines, and the first and last row of a
     *     line that is not blank, NULL if all are blank
     * @return as {@link #SHIFT}
     */
    Row shift(Row block) {
        String file = block.getString(0);
        FileLines before = files.getOrDefault(file, new FileLines(0, 0, 0, 0));
        long shift = before.count() + before.blank() - block.getLong(2) + 1;
        long lines = block.getLong(3);
        long blank = block.getLong(4);
        boolean isBlank = block.isNullAt(5);
        files.put(
                file,
                new FileLines(
                        before.first() > 0 || isBlank ? before.first() : block.getLong(5) + shift,
                        isBlank ? before.last() : block.getLong(6) + shift,
                        before.count() + lines - blank,
                        before.blank() + blank));
        return RowFactory.create(file, block.getLong(1), shift);
    }

    Map<String, FileLines> files() {
        return Map.copyOf(files);
    }
}
