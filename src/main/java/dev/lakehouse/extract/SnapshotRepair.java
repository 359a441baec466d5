package dev.lakehouse.extract;

import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.task.ScratchSpace;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes an extract equal to a snapshot. In the ranges that differ, rows are compared by their checksums, which include
 * the key. Rows that are missing in the files are read again inside the snapshot; rows that are missing in the snapshot
 * are removed from the files.
 *
 * <p>Memory contains the checksums of one range, bounded by its number of rows, and one chunk of rows, bounded by its
 * size. Chunks are written to scratch until all rows are read. While the chunks of a larger range are written, the
 * table's metadata lock is held.
 */
final class SnapshotRepair {
    private static final StructType GONE =
            new StructType().add(RowFormat.RANGE, DataTypes.IntegerType).add(RowFormat.CHECKSUM, DataTypes.LongType);

    private final ExtractFiles files;
    private final RowFormat format;
    private final ScratchSpace scratch;
    private final Chunks gone;
    private final Chunks again;

    SnapshotRepair(SparkSession session, ExtractFiles files, RowFormat format, ScratchSpace scratch) {
        this.files = files;
        this.format = format;
        this.scratch = scratch;
        this.gone = new Chunks(session, GONE, scratch, "gone");
        this.again = new Chunks(session, textSchema(format), scratch, "again");
    }

    /**
     * Corrects the given ranges.
     *
     * @param differing their numbers
     * @param conditions the conditions of all ranges
     * @return how many rows were read again
     */
    long run(Snapshot snapshot, List<Integer> differing, List<String> conditions) {
        try {
            for (int range : differing) {
                compare(snapshot, range, conditions.get(range));
            }
            gone.flush();
            again.flush();
            if (gone.rows() > 0) {
                files.remove(gone.read());
            }
            if (again.rows() > 0) {
                files.add(format.decode(again.read())
                        .selectExpr(quoted(format.fileSchema().fieldNames())));
            }
            return again.rows();
        } finally {
            scratch.close();
        }
    }

    private void compare(Snapshot snapshot, int range, String condition) {
        long[] extracted = checksums(range);
        BitSet kept = new BitSet(extracted.length);
        snapshot.rows(condition, (texts, checksum) -> {
            int place = Arrays.binarySearch(extracted, checksum);
            if (place >= 0 && !kept.get(place)) {
                kept.set(place);
                return;
            }
            Object[] row = Arrays.copyOf(texts, texts.length + 1);
            row[texts.length] = range;
            again.add(row);
        });
        for (int i = kept.nextClearBit(0); i < extracted.length; i = kept.nextClearBit(i + 1)) {
            gone.add(range, extracted[i]);
        }
    }

    /** The checksums of the files in ascending order, eight bytes each. */
    private long[] checksums(int range) {
        LongStream.Builder all = LongStream.builder();
        files.checksums(range).forEachRemaining(all::accept);
        long[] sorted = all.build().sorted().toArray();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalStateException("Two rows of range " + range + " have the same checksum");
            }
        }
        return sorted;
    }

    private static StructType textSchema(RowFormat format) {
        StructType schema = new StructType();
        for (String name : format.schema().fieldNames()) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema.add(RowFormat.RANGE, DataTypes.IntegerType);
    }

    private static String[] quoted(String[] names) {
        return Arrays.stream(names).map(SqlText::identifier).toArray(String[]::new);
    }
}
