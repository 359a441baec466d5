package dev.lakehouse.source.files;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.Location;
import dev.lakehouse.task.ScratchSpace;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads files line by line into a scratch location. A long line does not fill the memory. */
final class TextReader {
    /** Hadoop's setting: a line of at least this many bytes, including its end, is skipped without an error. */
    private static final String HADOOP_LIMIT = "mapreduce.input.linerecordreader.line.maxlength";

    /** The short lines of copies would exceed a smaller limit. */
    private static final long LEAST_FOR_COPIES = 1_000;

    private static final String COPY = "_copy";
    private static final StructType COPIES =
            new StructType().add(COPY, DataTypes.StringType).add("_of", DataTypes.StringType);

    private static final StructType READ = new StructType()
            .add(TextFiles.FILE, DataTypes.StringType)
            .add(TextFiles.BLOCK, DataTypes.LongType)
            .add(TextFiles.ROW, DataTypes.LongType)
            .add(TextFiles.FILE_SIZE, DataTypes.LongType)
            .add(TextFiles.BYTES, DataTypes.LongType)
            .add(TextFiles.FAULT, DataTypes.StringType)
            .add(TextFiles.TEXT, DataTypes.StringType);

    private final SparkSession session;
    private final ScratchSpace scratch;
    private final long limit;
    private final DroppedLines dropped;

    TextReader(SparkSession session, ScratchSpace scratch, long limit) {
        this.session = session;
        this.scratch = scratch;
        this.limit = limit;
        this.dropped = DroppedLines.beyond(limit, scratch.of("copies"));
    }

    Lines read(List<String> files) {
        List<String> readable = new ArrayList<>(files);
        List<RefusedFile> refused = new ArrayList<>();
        Optional<RefusedFile> damaged = keep(readable);
        while (damaged.isPresent()) {
            refused.add(damaged.get());
            readable.remove(damaged.get().file());
            damaged = keep(readable);
        }
        return Lines.of(withCopies(readable, stored("read")), new RefusedFiles(List.copyOf(refused)));
    }

    private Dataset<Row> stored(String name) {
        return scratch.read(session, READ, name);
    }

    private void store(Dataset<Row> lines, String name) {
        scratch.keep(lines, name);
    }

    /** Reads files. If one of them is damaged, it is returned. */
    private Optional<RefusedFile> keep(List<String> files) {
        try {
            store(lines(files), "read");
            return Optional.empty();
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            return Optional.of(damaged(files, e));
        }
    }

    private Dataset<Row> lines(List<String> files) {
        Dataset<Row> lines = session.createDataFrame(List.of(), READ);
        List<String> limited = files.stream().filter(DroppedLines::canBeFoundIn).toList();
        if (!limited.isEmpty()) {
            lines = lines(limited, limit + 2);
        }
        // Dropped lines of these files could not be found, so no line is dropped.
        List<String> others =
                files.stream().filter(file -> !DroppedLines.canBeFoundIn(file)).toList();
        return others.isEmpty() ? lines : lines.union(lines(others, Integer.MAX_VALUE));
    }

    private Dataset<Row> lines(List<String> files, long hadoopLimit) {
        return session.read()
                .option("lineSep", "\n")
                .option(HADOOP_LIMIT, hadoopLimit)
                .text(files.stream().map(Location::escaped).toArray(String[]::new))
                .select(
                        // Metadata has URIs, but listings have plain paths.
                        expr("url_decode(replace(_metadata.file_path, '+', '%2B'))")
                                .as(TextFiles.FILE),
                        expr("_metadata.file_block_start").as(TextFiles.BLOCK),
                        // Ascending within a block, because one task reads a block from its first to its last byte.
                        monotonically_increasing_id().as(TextFiles.ROW),
                        expr("_metadata.file_size").as(TextFiles.FILE_SIZE),
                        expr("octet_length(value) + 1L").as(TextFiles.BYTES),
                        expr(fault(hadoopLimit)).as(TextFiles.FAULT),
                        expr(text()).as(TextFiles.TEXT));
    }

    /** A line that ends beyond its block is not skipped but truncated at Hadoop's limit. Its length is then unknown. */
    private String fault(long hadoopLimit) {
        return "CASE WHEN startswith(value, '" + dropped.mark() + "') THEN concat('" + TextFiles.TOO_LONG
                + "', substring(value, " + (dropped.mark().length() + 1) + "), ' bytes')"
                + " WHEN octet_length(value) > " + limit + " THEN concat('" + TextFiles.TOO_LONG
                + "', if(octet_length(value) < " + hadoopLimit + ", CAST(octet_length(value) AS STRING), 'more than "
                + limit + "'), ' bytes')"
                + " WHEN NOT is_valid_utf8(value) THEN '" + TextFiles.NOT_UTF_8 + "' END";
    }

    private String text() {
        return "CASE WHEN startswith(value, '" + dropped.mark() + "') OR octet_length(value) > " + limit
                + " THEN '' ELSE regexp_replace(if(is_valid_utf8(value), value, decode(CAST(value AS BINARY),"
                + " 'ISO-8859-1')), '^\\\\x{FEFF}|\\\\r$', '') END";
    }

    /** Uses the copies of files in which the reader dropped lines. */
    private Dataset<Row> withCopies(List<String> files, Dataset<Row> read) {
        Map<String, Long> bytes = new HashMap<>();
        Map<String, Long> sizes = new HashMap<>();
        read.groupBy(TextFiles.FILE)
                .agg(sum(TextFiles.BYTES), max(TextFiles.FILE_SIZE))
                .collectAsList()
                .forEach(file -> {
                    bytes.put(file.getString(0), file.getLong(1));
                    sizes.put(file.getString(0), file.getLong(2));
                });
        List<String> withoutLines =
                files.stream().filter(file -> !sizes.containsKey(file)).toList();
        if (!withoutLines.isEmpty()) {
            TextFiles.at(session, withoutLines)
                    .collectAsList()
                    .forEach(file -> sizes.put(file.getString(0), file.getLong(1)));
        }
        Map<String, String> copies = dropped.copies(bytes, sizes);
        if (copies.isEmpty()) {
            return read;
        }
        store(lines(List.copyOf(copies.keySet()), Math.max(limit, LEAST_FOR_COPIES) + 2), "copied");
        List<Row> places = copies.entrySet().stream()
                .map(copy -> RowFactory.create(name(copy.getKey()), copy.getValue()))
                .toList();
        Dataset<Row> copied = stored("copied")
                .withColumn(COPY, expr("regexp_extract(" + TextFiles.FILE + ", '[^/]*$', 0)"))
                .join(broadcast(session.createDataFrame(places, COPIES)), COPY)
                .withColumn(TextFiles.FILE, col("_of"))
                .select(columns());
        Object[] replaced = copies.values().toArray();
        return read.where(not(col(TextFiles.FILE).isin(replaced)))
                .select(columns())
                .union(copied);
    }

    private static Column[] columns() {
        return Arrays.stream(READ.fieldNames()).map(column -> col(column)).toArray(Column[]::new);
    }

    private static String name(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static RefusedFile damaged(List<String> files, Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SparkThrowable spark
                    && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")) {
                String path = URLDecoder.decode(
                        spark.getMessageParameters().getOrDefault("path", "").replace("+", "%2B"),
                        StandardCharsets.UTF_8);
                Optional<String> file = files.stream()
                        .filter(one -> plain(one).equals(plain(path)))
                        .findFirst();
                if (file.isPresent()) {
                    return new RefusedFile(
                            file.get(),
                            file.get()
                                    + " cannot be read to its end: it is damaged, incomplete, or was removed"
                                    + " meanwhile.",
                            "Deliver the file again, then run the task again.");
                }
                throw new UserError(
                        (path.isEmpty() ? "A file" : path) + " cannot be read to its end.",
                        "It is damaged, incomplete, or was removed meanwhile.",
                        "Deliver the file again, then run the task again. This run has loaded nothing.",
                        failure);
            }
        }
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /** Error messages write file URIs with more slashes than listings do. */
    private static String plain(String location) {
        return location.replaceFirst("^file:/+", "file:/");
    }
}
