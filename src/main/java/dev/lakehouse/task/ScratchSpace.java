package dev.lakehouse.task;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A folder for what a task needs only while it runs. Nobody else uses it, and it is deleted when closed.
 *
 * @param location of the folder; it exists once something is written
 */
public record ScratchSpace(String location) implements AutoCloseable {
    /** No task runs as long; a folder of this age was left behind by one that was killed. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(2);

    /**
     * A new folder. What killed tasks left behind is deleted.
     *
     * @param parent the location below which tasks of this kind have their folders
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

    /** A folder inside the folder, which is closed with it. */
    public ScratchSpace folder(String name) {
        return new ScratchSpace(of(name));
    }

    /**
     * Writes rows and reads them back: for rows that are used several times and cost much to compute, or that must not
     * change when the table that they come from does.
     *
     * @param name of the rows in this folder; rows of the same name are overwritten
     */
    public Dataset<Row> keep(Dataset<Row> rows, String name) {
        rows.write().mode("overwrite").parquet(of(name));
        return read(rows.sparkSession(), rows.schema(), name);
    }

    /** Adds rows to those of a name. */
    public void add(Dataset<Row> rows, String name) {
        rows.write().mode("append").parquet(of(name));
    }

    /** The rows that were kept or added. */
    public Dataset<Row> read(SparkSession session, StructType schema, String name) {
        return session.read().schema(schema).parquet(of(name));
    }

    /**
     * Writes files that are to be copied elsewhere once they are complete.
     *
     * @param format such as {@code csv}
     * @return the files that hold rows, in the order of the rows
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
