package dev.lakehouse.testing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads columns of a Delta table by Delta Kernel, without Spark, and writes a line per row: its values in hexadecimal digits of
 * their UTF-8 text, or {@code -} for NULL.
 */
final class KernelMain {
    private KernelMain() {}

    /** Arguments: the table's location, the file to write, the columns. */
    public static void main(String[] arguments) throws IOException {
        List<String> columns = List.of(arguments).subList(2, arguments.length);
        Engine engine = DefaultEngine.create(new Configuration());
        Snapshot snapshot = Table.forPath(engine, arguments[0]).getLatestSnapshot(engine);
        StructType schema = new StructType(columns.stream()
                .map(column -> snapshot.getSchema().get(column))
                .collect(Collectors.<StructField>toList()));
        Scan scan = snapshot.getScanBuilder().withReadSchema(schema).build();
        Row state = scan.getScanState(engine);
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine);
                Writer lines = Files.newBufferedWriter(Path.of(arguments[1]))) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> entries = files.next().getRows()) {
                    while (entries.hasNext()) {
                        write(engine, state, entries.next(), lines);
                    }
                }
            }
        }
    }

    private static void write(Engine engine, Row state, Row file, Writer lines) throws IOException {
        CloseableIterator<ColumnarBatch> stored = engine.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(read -> read.getData());
        try (CloseableIterator<FilteredColumnarBatch> batches =
                Scan.transformPhysicalData(engine, state, file, stored)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        lines.write(line(rows.next()));
                    }
                }
            }
        }
    }

    private static String line(Row row) {
        return IntStream.range(0, row.getSchema().length())
                .mapToObj(i -> row.isNullAt(i)
                        ? "-"
                        : HexFormat.of()
                                .formatHex(text(row, i, row.getSchema().at(i).getDataType())
                                        .getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("\t", "", "\n"));
    }

    private static String text(Row row, int i, DataType type) {
        if (type instanceof BooleanType) {
            return Boolean.toString(row.getBoolean(i));
        } else if (type instanceof ByteType) {
            return Byte.toString(row.getByte(i));
        } else if (type instanceof ShortType) {
            return Short.toString(row.getShort(i));
        } else if (type instanceof IntegerType) {
            return Integer.toString(row.getInt(i));
        } else if (type instanceof LongType) {
            return Long.toString(row.getLong(i));
        } else if (type instanceof FloatType) {
            return Integer.toString(Float.floatToIntBits(row.getFloat(i)));
        } else if (type instanceof DoubleType) {
            return Long.toString(Double.doubleToLongBits(row.getDouble(i)));
        } else if (type instanceof DecimalType) {
            return row.getDecimal(i).toPlainString();
        } else if (type instanceof StringType) {
            return row.getString(i);
        } else if (type instanceof BinaryType) {
            return HexFormat.of().withUpperCase().formatHex(row.getBinary(i));
        } else if (type instanceof DateType) {
            return LocalDate.ofEpochDay(row.getInt(i)).toString();
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                    .plus(row.getLong(i), ChronoUnit.MICROS)
                    .toString();
        } else if (type instanceof ArrayType) {
            return floats(row, i);
        }
        throw new IllegalArgumentException("No text of " + type);
    }

    private static String floats(Row row, int i) {
        int[] bits = IntStream.range(0, row.getArray(i).getSize())
                .map(k -> Float.floatToIntBits(row.getArray(i).getElements().getFloat(k)))
                .toArray();
        return Arrays.toString(bits);
    }
}
