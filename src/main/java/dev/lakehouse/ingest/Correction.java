package dev.lakehouse.ingest;

import dev.lakehouse.storage.FileStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Makes an extract equal to a snapshot: in the ranges that differ, rows are compared by their checksums (which cover the
 * key), rows that the files lack are read again inside the snapshot, rows that the snapshot lacks are taken out.
 *
 * <p>Memory holds the checksums of one range and a chunk of rows; chunks go to a scratch place until all are there.
 */
final class Correction {
    private static final int CHUNK_ROWS = 10_000;
    private static final StructType GONE =
            new StructType().add(RowFormat.RANGE, DataTypes.IntegerType).add(RowFormat.CHECKSUM, DataTypes.LongType);

    private final SparkSession session;
    private final ExtractFiles files;
    private final RowFormat format;
    private final String scratch;
    private final Chunks gone;
    private final Chunks again;

    Correction(SparkSession session, ExtractFiles files, RowFormat format, String scratch) {
        this.session = session;
        this.files = files;
        this.format = format;
        this.scratch = scratch;
        this.gone = new Chunks(GONE, scratch + "/gone");
        this.again = new Chunks(textSchema(format), scratch + "/again");
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
            if (gone.rows > 0) {
                files.remove(gone.read());
            }
            if (again.rows > 0) {
                files.add(format.decode(again.read())
                        .selectExpr(quoted(format.fileSchema().fieldNames())));
            }
            return again.rows;
        } finally {
            FileStore.of(scratch).delete(scratch);
        }
    }

    private void compare(Snapshot snapshot, int range, String condition) {
        Set<Long> extracted = new HashSet<>();
        Iterator<Long> checksums = files.checksums(range);
        checksums.forEachRemaining(checksum -> {
            if (!extracted.add(checksum)) {
                throw new IllegalStateException("Two rows of range " + range + " have one checksum");
            }
        });
        snapshot.rows(condition, (texts, checksum) -> {
            if (!extracted.remove(checksum)) {
                Object[] row = Arrays.copyOf(texts, texts.length + 1);
                row[texts.length] = range;
                again.add(RowFactory.create(row));
            }
        });
        extracted.forEach(checksum -> gone.add(RowFactory.create(range, checksum)));
    }

    private static StructType textSchema(RowFormat format) {
        StructType schema = new StructType();
        for (String name : format.schema().fieldNames()) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema.add(RowFormat.RANGE, DataTypes.IntegerType);
    }

    private static String[] quoted(String[] names) {
        return Arrays.stream(names).map(Sql::quoted).toArray(String[]::new);
    }

    /** Rows on their way to scratch files, a chunk of them in memory. */
    private final class Chunks {
        private final StructType schema;
        private final String location;
        private final List<Row> waiting = new ArrayList<>();
        private long rows;

        Chunks(StructType schema, String location) {
            this.schema = schema;
            this.location = location;
        }

        void add(Row row) {
            waiting.add(row);
            rows++;
            if (waiting.size() == CHUNK_ROWS) {
                flush();
            }
        }

        void flush() {
            if (!waiting.isEmpty()) {
                session.createDataFrame(List.copyOf(waiting), schema)
                        .coalesce(1)
                        .write()
                        .mode("append")
                        .parquet(location);
                waiting.clear();
            }
        }

        Dataset<Row> read() {
            return session.read().schema(schema).parquet(location);
        }
    }
}
