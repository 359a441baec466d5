package dev.lakehouse.replicate;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractReader;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.load.Columns;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.MySqlErrors;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceKeys;
import dev.lakehouse.source.mysql.SourceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The source's side of a comparison with a Delta table. MySQL cannot compute the checksum of a row with masked columns. If the keyed
 * hash of its sum in clear is that of the newest extract, the rows of the extract stand for those of the source. Otherwise the
 * columns that are stored as they are can be compared, and the masked ones are known to differ or not only together with them.
 *
 * @param sum count and checksum of the rows, in the compared format; the checksum is 0 if they cannot be compared as a whole
 * @param format of the compared columns
 * @param rows keys and row checksums in this format
 * @param isWhole whether all columns are compared
 */
record SourceSide(RangeSum sum, RowFormat format, Supplier<Dataset<Row>> rows, boolean isWhole) {

    /** Where the source is read, and the newest extract. */
    record Reading(
            SparkSession session,
            MySqlServer server,
            SourceTable table,
            Optional<MaskKey> key,
            Landing landing,
            Optional<Manifest> extract) {

        /** Refuses another key than that of the extract, by which every row would seem to differ. */
        void checkKey() {
            extract.filter(manifest -> key.filter(manifest::hasOtherKey).isPresent())
                    .ifPresent(manifest -> {
                        throw new UserError(
                                "The masks of extract " + manifest.extract() + " of '" + table.name()
                                        + "' have another key than that of --mask-key.",
                                "The newest key of the keyset has the number "
                                        + key.orElseThrow().number() + ", which did not make them.",
                                "Give the keyset that the extract was made with, or make a new extract and load it.");
                    });
        }

        /**
         * Reads the source.
         *
         * @param columns those that are compared, as files have them
         */
        SourceSide side(List<ColumnDefinition> columns) {
            RowFormat format = RowFormat.of(table.name(), columns);
            if (!table.hasMasks()) {
                return new SourceSide(sum(format), format, () -> keys(format), true);
            }
            RangeSum inClear = sum(table.rowFormat());
            Optional<Manifest> same = extract.filter(
                    manifest -> manifest.isLike(table) && manifest.isSumOfSource(inClear, key.orElseThrow()));
            if (same.isPresent()) {
                ExtractReader reader = new ExtractReader(session, landing, same.get());
                reader.verify();
                return ofExtract(reader.rows(), same.get(), format, columns);
            }
            RowFormat clear = RowFormat.of(
                    table.name(),
                    table.clearColumns().stream().filter(columns::contains).toList());
            return new SourceSide(
                    new RangeSum(inClear.rows(), RangeSum.EMPTY.checksum()), clear, () -> keys(clear), false);
        }

        private SourceSide ofExtract(
                Dataset<Row> rows, Manifest manifest, RowFormat format, List<ColumnDefinition> columns) {
            RangeSum sum = columns.size() == manifest.columns().size()
                    ? manifest.total()
                    : RangeSum.of(rows, format.checksum(session));
            return new SourceSide(
                    sum,
                    format,
                    () -> rows.select(Columns.and(
                            Columns.named(manifest.key()),
                            format.checksum(session).as(RowFormat.CHECKSUM))),
                    true);
        }

        private RangeSum sum(RowFormat format) {
            KeyRanges ranges = ranges();
            try (Snapshot snapshot = Snapshot.open(server, table, format)) {
                RangeSum total = RangeSum.total(snapshot.sums(ranges));
                // Otherwise rows with NULL in the key would be in no range.
                snapshot.requireUniqueKey(total.rows());
                return total;
            }
        }

        private Dataset<Row> keys(RowFormat format) {
            return new SourceKeys(session, server).rows(table, format, ranges());
        }

        private KeyRanges ranges() {
            try (Connection connection = server.connect()) {
                return KeyRanges.cut(connection, table, KeyRanges.ROWS);
            } catch (SQLException e) {
                throw MySqlErrors.explain(server, e);
            }
        }
    }

    /** As it is known from the newest extract, which was proven equal to the source. */
    static SourceSide proven(RangeSum sum, RowFormat format) {
        return new SourceSide(
                sum,
                format,
                () -> {
                    throw new IllegalStateException("Source and Delta table were found to be equal");
                },
                true);
    }
}
