package dev.lakehouse.extract;

import dev.lakehouse.task.ScratchSpace;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows to scratch files in chunks. One chunk is in memory; it is bounded by its size, not by its number of rows.
 */
final class Chunks {
    /** The largest size of a chunk, without its last row. */
    static final long BYTES = 16L << 20;

    /** The size of a row's objects and references, in addition to its texts. */
    private static final int ROW_BYTES = 64;

    private static final int VALUE_BYTES = 48;

    private final SparkSession session;
    private final StructType schema;
    private final ScratchSpace scratch;
    private final String name;
    private final List<Row> waiting = new ArrayList<>();
    private long waitingBytes;
    private long rows;
    private int written;

    Chunks(SparkSession session, StructType schema, ScratchSpace scratch, String name) {
        this.session = session;
        this.schema = schema;
        this.scratch = scratch;
        this.name = name;
    }

    void add(Object... values) {
        waiting.add(RowFactory.create(values));
        waitingBytes += size(values);
        rows++;
        if (waitingBytes >= BYTES) {
            flush();
        }
    }

    /** An upper estimate of the memory that the values take: two bytes per character. */
    private static long size(Object... values) {
        long size = ROW_BYTES;
        for (Object value : values) {
            size += VALUE_BYTES + (value instanceof String text ? 2L * text.length() : 0);
        }
        return size;
    }

    void flush() {
        if (!waiting.isEmpty()) {
            scratch.add(session.createDataFrame(waiting, schema).coalesce(1), name);
            waiting.clear();
            waitingBytes = 0;
            written++;
        }
    }

    /** How many rows were added. */
    long rows() {
        return rows;
    }

    /** How many chunks were written. */
    int written() {
        return written;
    }

    Dataset<Row> read() {
        return scratch.read(session, schema, name);
    }
}
