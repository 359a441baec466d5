package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.RowMasks;
import dev.lakehouse.source.mysql.RowReader;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceLogin;
import dev.lakehouse.spark.RowExpression;
import dev.lakehouse.spark.TaskRows;
import dev.lakehouse.storage.TaskFiles;
import dev.lakehouse.task.FailPoint;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Copies groups of key ranges of a table into Parquet files. It is sent to Spark's tasks, so it holds all they need.
 *
 * @param table the table's name, quoted
 * @param masks replaces values before anything is kept of a row
 * @param schema the columns of the files, as {@link RowFormat#fileSchema} has them
 * @param sort the columns that rows are sorted by, by their position
 * @param folder the partition folder of a row; null for files in the directory itself
 * @param directory the extract's
 * @param sparkVersion the version that the files name
 */
public record TableCopy(
        SourceLogin login,
        String table,
        RowReader reader,
        RowMasks masks,
        StructType schema,
        List<Integer> sort,
        RowExpression folder,
        TaskFiles files,
        String directory,
        String sparkVersion)
        implements Serializable {
    private static final int ROWS_BETWEEN_REPORTS = 1000;
    private static final long LARGEST_FILE = 128L << 20;
    private static final int SHARES = 8;

    /** Bytes of memory for the rows that a task sorts, and again for those of its open files. */
    static long memory() {
        Runtime jvm = Runtime.getRuntime();
        return Math.min(LARGEST_FILE, jvm.maxMemory() / SHARES / jvm.availableProcessors());
    }

    /**
     * Copies groups in Spark tasks, one for each, over connections of their own. A task that is repeated leaves files that
     * no result names.
     */
    public List<CopiedGroup> inTasks(SparkSession session, List<RangeGroup> groups) {
        MapPartitionsFunction<Long, CopiedGroup> copyGroups = numbers -> {
            List<CopiedGroup> copied = new ArrayList<>();
            while (numbers.hasNext()) {
                try (Connection connection = login.connect()) {
                    copied.add(on(
                            range -> range.on(connection),
                            groups.get(numbers.next().intValue())));
                }
            }
            return copied.iterator();
        };
        return session.range(0, groups.size(), 1, groups.size())
                .mapPartitions(copyGroups, Encoders.javaSerialization(CopiedGroup.class))
                .collectAsList();
    }

    /** What {@link CopiedGroup} has of a group, of one of its ranges. */
    public record CopiedRange(RangeSum sum, RangeSum written, long nulled, RangeSum invalid) {}

    /** Where ranges are read: on a connection, or in a snapshot such as {@link Snapshot#read}. */
    @FunctionalInterface
    public interface Source {
        CopiedRange read(Snapshot.Work<CopiedRange> range) throws SQLException;
    }

    /** Copies a group here. */
    public CopiedGroup on(Source source, RangeGroup group) throws SQLException {
        RowSink sink = new RowSink(this, group.number(), memory());
        List<RangeSum> sums = new ArrayList<>();
        List<RangeSum> written = new ArrayList<>();
        long nulled = 0;
        RangeSum invalid = RangeSum.EMPTY;
        try {
            for (String condition : group.conditions()) {
                int range = group.first() + sums.size();
                CopiedRange copied = source.read(connection -> range(connection, condition, range, sink));
                sums.add(copied.sum());
                written.add(copied.written());
                nulled += copied.nulled();
                invalid = invalid.plus(copied.invalid());
            }
            CopiedGroup copied = new CopiedGroup(group, sums, written, sink.close(), nulled, invalid);
            FailPoint.pass("extract.group");
            return copied;
        } catch (SQLException | RuntimeException e) {
            sink.abandon();
            throw e;
        }
    }

    private CopiedRange range(Connection connection, String condition, int range, RowSink sink) throws SQLException {
        String query = "SELECT " + reader.columns() + " FROM " + table + " WHERE " + condition;
        Checksums checksums = new Checksums();
        Checksums asWritten = new Checksums();
        Checksums invalid = new Checksums();
        long rows = 0;
        long nulled;
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE); // the driver's value for streaming
            try (ResultSet result = statement.executeQuery(query)) {
                RowReader.Cursor cursor = reader.read(result);
                while (cursor.next()) {
                    long checksum = cursor.checksum();
                    checksums.add(checksum);
                    byte[][] masked = masks.masked(cursor.texts());
                    long inFile = masked == cursor.texts() ? checksum : masks.checksum(masked);
                    asWritten.add(inFile);
                    InvalidDateRows.add(invalid, reader, masked, inFile);
                    sink.add(new CopiedRow(masked, inFile, range));
                    if (++rows % ROWS_BETWEEN_REPORTS == 0) {
                        TaskRows.read(ROWS_BETWEEN_REPORTS);
                    }
                }
                nulled = cursor.nulled();
            }
        }
        TaskRows.read(rows % ROWS_BETWEEN_REPORTS);
        return new CopiedRange(checksums.sum(), asWritten.sum(), nulled, invalid.sum());
    }
}
