package dev.lakehouse.extract.copy;

import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.RowHash;
import dev.lakehouse.source.mysql.RowMasks;
import dev.lakehouse.source.mysql.RowReader;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.SqlText;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The rows whose {@link RowFormat#INVALID_DATES} are kept. Their row checksums do not distinguish such a date from NULL, so they have
 * a sum of their own: of the first 64 bits of SHA-256 over the row checksum, as it is written, and the dates.
 *
 * @param table the table's name, quoted
 * @param condition MySQL's, that a row has such dates
 * @param masks replace values before anything is kept of a row
 */
public record InvalidDateRows(String table, String condition, RowReader reader, RowMasks masks) {
    private static final RowHash HASH = new RowHash(List.of(false, false));

    /** Those of a table. */
    public static InvalidDateRows of(SourceTable table, RowMasks masks) {
        return new InvalidDateRows(
                SqlText.identifier(table.name()), table.invalidDateCondition(), table.reader(), masks);
    }

    /**
     * Reads their count and sum from MySQL; {@link RangeSum#EMPTY} if such dates are not kept.
     *
     * @param ranges conditions of key ranges
     */
    public RangeSum sum(Snapshot snapshot, List<String> ranges) {
        return !reader.keepsInvalidDates()
                ? RangeSum.EMPTY
                : RangeSum.total(ranges.stream()
                        .map(range -> "(" + range + ") AND (" + condition + ")")
                        .map(with -> snapshot.read(connection -> sum(connection, with)))
                        .toList());
    }

    private RangeSum sum(Connection connection, String rowsWith) throws SQLException {
        Checksums sum = new Checksums();
        String query = "SELECT " + reader.columns() + " FROM " + table + " WHERE " + rowsWith;
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(Integer.MIN_VALUE); // the driver's value for streaming
            try (ResultSet rows = statement.executeQuery(query)) {
                RowReader.Cursor cursor = reader.read(rows);
                while (cursor.next()) {
                    byte[][] written = masks.masked(cursor.texts());
                    add(sum, reader, written, masks.checksum(written));
                }
            }
        }
        return sum.sum();
    }

    /**
     * Adds a row to a sum if it has such dates.
     *
     * @param written the row as it is written
     * @param checksum its row checksum
     */
    static void add(Checksums sum, RowReader reader, byte[][] written, long checksum) {
        byte[] dates = reader.keepsInvalidDates() ? written[written.length - 1] : null;
        if (dates != null) {
            sum.add(HASH.of(new byte[][] {Long.toString(checksum).getBytes(StandardCharsets.US_ASCII), dates}));
        }
    }
}
