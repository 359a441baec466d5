package dev.lakehouse.task;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A temporary folder of a task. It is used by no other task and deleted when closed.
 *
 * @param location of the folder, which is created by the first write
 */
public record ScratchSpace(String location) implements AutoCloseable {
    /** No task runs this long. An older folder was left by a killed task. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(2);

    /**
     * A new folder. Folders that killed tasks left are deleted.
     *
     * @param parent the location of the folders of this kind of task
     */
    public static ScratchSpace below(String parent) {
        String place = Location.folder(parent);
        Instant now = Instant.now();
        FileStore files = FileStore.of(place);
        for (String left : files.directories(place)) {
            if (left.matches("\\d{1,18}-.*")
                    && createdAt(left).plus(LEFT_BEHIND).isBefore(now)) {
                files.delete(place + "/" + left);
            }
        }
        return new ScratchSpace(place + "/" + now.getEpochSecond() + "-" + UUID.randomUUID());
    }

    private static Instant createdAt(String name) {
        return Instant.ofEpochSecond(Long.parseLong(name.substring(0, name.indexOf('-'))));
    }

    /** A location inside the folder. */
    public String of(String name) {
        return location + "/" + name;
    }

    /** A folder inside this folder. It is deleted with it. */
    public ScratchSpace folder(String name) {
        return new ScratchSpace(of(name));
    }

    /**
     * Writes rows and reads them back. For rows that are expensive and used several times, or that must not change if
     * their table changes.
     *
     * @param name of the rows in this folder; rows with the same name are overwritten
     */
    public Dataset<Row> keep(Dataset<Row> rows, String name) {
        rows.write().mode("overwrite").parquet(of(name));
        return read(rows.sparkSession(), rows.schema(), name);
    }

    /**
     * Rows that were kept, and aggregates of them.
     *
     * @param aggregates by name
     */
    public record Kept(Dataset<Row> rows, Map<String, Object> aggregates) {
        /** An aggregate that is a number; 0 if it is NULL. */
        public long number(String name) {
            return aggregates.get(name) instanceof Number number ? number.longValue() : 0;
        }
    }

    /**
     * Writes rows like {@link #keep(Dataset, String)}, and computes aggregates of them on the way, which saves a pass.
     *
     * @param aggregates with names
     */
    public Kept keep(Dataset<Row> rows, String name, List<Column> aggregates) {
        Observation observation = new Observation();
        Column[] further = aggregates.subList(1, aggregates.size()).toArray(Column[]::new);
        Dataset<Row> kept = keep(rows.observe(observation, aggregates.get(0), further), name);
        try {
            return new Kept(kept, observation.getAsJava());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rows were kept", e);
        }
    }

    /** Adds rows to the rows with a name. */
    public void add(Dataset<Row> rows, String name) {
        rows.write().mode("append").parquet(of(name));
    }

    /** The rows that were kept or added. */
    public Dataset<Row> read(SparkSession session, StructType schema, String name) {
        return session.read().schema(schema).parquet(Location.escaped(of(name)));
    }

    /**
     * Writes files that are copied elsewhere when they are complete.
     *
     * @param format such as {@code csv}
     * @return the part files, in the order of the rows
     */
    public List<StoredFile> files(DataFrameWriter<Row> writer, String format, String name) {
        writer.mode("overwrite").format(format).save(of(name));
        return FileStore.of(location).files(of(name)).stream()
                .filter(file -> file.name().startsWith("part-"))
                .toList();
    }

    @Override
    public void close() {
        FileStore.of(location).delete(location);
    }
}
