package dev.lakehouse.task;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.Location;
import dev.lakehouse.storage.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.concurrent.Await;

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

    /** How long to wait for what Spark has observed. It arrives beside the result, and is lost where Spark is too busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Rows that were kept, and aggregates of them.
     *
     * @param aggregates one row
     */
    public record Kept(Dataset<Row> rows, Row aggregates) {
        /** An aggregate that is a BIGINT; 0 if it is NULL. */
        public long number(String name) {
            Long number = aggregates.getAs(name);
            return number == null ? 0 : number;
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
        Row observed = observed(observation);
        return new Kept(
                kept,
                observed.size() == aggregates.size()
                        ? observed
                        : kept.agg(aggregates.get(0), further).head());
    }

    /** What Spark has observed; an empty row if that does not arrive, for which Spark Connect waits a moment only. */
    private static Row observed(Observation observation) {
        try {
            return Await.result(observation.future(), scala.concurrent.duration.Duration.fromNanos(PATIENCE.toNanos()));
        } catch (TimeoutException e) {
            return RowFactory.create();
        } catch (InterruptedException e) {
            throw Background.interrupted(e);
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
