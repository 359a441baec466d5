package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.RowHash;
import dev.lakehouse.spark.TaskRows;
import dev.lakehouse.storage.TaskFiles;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads data files back, column by column, and computes the row checksums again from the values. It is sent to Spark's tasks, so
 * it holds all they need.
 *
 * @param schema the source's columns
 * @param hash computes the row checksum
 * @param directory the extract's
 */
public record FileSums(StructType schema, RowHash hash, TaskFiles files, String directory) implements Serializable {
    private static final int MOST_TASKS = 1000;
    private static final int ROWS_BETWEEN_REPORTS = 1000;

    /**
     * The content of a file.
     *
     * @param path below the extract's directory
     * @param ranges count and checksum of its rows of each key range
     * @param different how many rows do not have the checksum that was written with them
     */
    public record FileSum(String path, Map<Integer, RangeSum> ranges, long different) implements Serializable {
        public long rows() {
            return RangeSum.total(ranges.values()).rows();
        }
    }

    /**
     * Reads files in Spark tasks.
     *
     * @param paths below the extract's directory
     */
    public List<FileSum> inTasks(SparkSession session, List<String> paths) {
        if (paths.isEmpty()) {
            return List.of();
        }
        int tasks = Math.min(paths.size(), MOST_TASKS);
        MapPartitionsFunction<Long, FileSum> read = numbers -> {
            List<FileSum> sums = new ArrayList<>();
            numbers.forEachRemaining(task -> {
                for (int i = task.intValue(); i < paths.size(); i += tasks) {
                    sums.add(of(paths.get(i)));
                }
            });
            return sums.iterator();
        };
        return session.range(0, tasks, 1, tasks)
                .mapPartitions(read, Encoders.javaSerialization(FileSum.class))
                .collectAsList();
    }

    /** Reads a file here. */
    FileSum of(String path) {
        String location = directory + "/" + path;
        ParquetInput input = new ParquetInput(files.at(directory).openAnywhere(location), location);
        Map<Integer, Checksums> ranges = new HashMap<>();
        long different = 0;
        try (ParquetFileReader reader = ParquetFileReader.open(
                input, HadoopReadOptions.builder(new Configuration(false)).build())) {
            for (PageReadStore rows = reader.readNextRowGroup(); rows != null; rows = reader.readNextRowGroup()) {
                different += add(
                        rows,
                        reader.getFileMetaData().getSchema(),
                        reader.getFileMetaData().getCreatedBy(),
                        ranges);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileSum(
                path,
                ranges.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, range -> range.getValue()
                        .sum())),
                different);
    }

    private long add(PageReadStore rows, MessageType file, String createdBy, Map<Integer, Checksums> ranges) {
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(rows, new NoRecords(file), file, createdBy);
        Function<String, ColumnReader> column =
                name -> store.getColumnReader(file.getColumnDescription(file.getPaths().stream()
                        .filter(path -> path[0].equals(name))
                        .findFirst()
                        .orElseThrow()));
        StructField[] fields = schema.fields();
        ColumnTexts[] values = Arrays.stream(fields)
                .map(field -> new ColumnTexts(column.apply(field.name()), field.dataType()))
                .toArray(ColumnTexts[]::new);
        ColumnReader checksums = column.apply(RowFormat.CHECKSUM);
        ColumnReader numbers = column.apply(RowFormat.RANGE);
        byte[][] texts = new byte[values.length][];
        long different = 0;
        for (long row = 1; row <= rows.getRowCount(); row++) {
            for (int i = 0; i < values.length; i++) {
                texts[i] = values[i].next();
            }
            long checksum = hash.of(texts);
            if (checksum != checksums.getLong()) {
                different++;
            }
            ranges.computeIfAbsent(numbers.getInteger(), any -> new Checksums()).add(checksum);
            checksums.consume();
            numbers.consume();
            if (row % ROWS_BETWEEN_REPORTS == 0) {
                TaskRows.read(ROWS_BETWEEN_REPORTS);
            }
        }
        TaskRows.read(rows.getRowCount() % ROWS_BETWEEN_REPORTS);
        return different;
    }

    /** Parquet wants to know what makes records of the values: nothing does. */
    private static final class NoRecords extends GroupConverter {
        private final GroupType group;

        NoRecords(GroupType group) {
            this.group = group;
        }

        @Override
        public Converter getConverter(int field) {
            Type type = group.getType(field);
            return type.isPrimitive() ? new PrimitiveConverter() {} : new NoRecords(type.asGroupType());
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
