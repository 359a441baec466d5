package dev.lakehouse.extract;

import dev.lakehouse.extract.copy.InvalidDateRows;
import dev.lakehouse.source.mysql.InvalidDates;
import dev.lakehouse.source.mysql.KeyRanges;
import dev.lakehouse.source.mysql.MaskKey;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.source.mysql.RowMasks;
import dev.lakehouse.source.mysql.Snapshot;
import dev.lakehouse.source.mysql.SourceIdentity;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.task.Background;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares a table with its newest extract, so that an unchanged table is not copied. They are equal if the extract was made
 * by the same settings from the same columns, its files are as in its manifest, and count and checksum of every key range are
 * equal in a snapshot. Equal data is cut into equal ranges, so the bounds of the ranges need not be known.
 *
 * @param settings of an extract that would be made now
 * @param identity the server that the table is on
 * @param key of the masks
 */
record UnchangedCheck(
        TaskContext context,
        MySqlServer server,
        SourceTable table,
        Manifest.Layout settings,
        Landing landing,
        SourceIdentity identity,
        Optional<MaskKey> key) {

    /**
     * The newest extract if it is equal to the table. That it is so at this instant is then recorded in the landing. The
     * comparison ends at the first range that differs.
     *
     * @param ranges the table's key ranges
     */
    Optional<Manifest> sameExtract(KeyRanges ranges) {
        Optional<Manifest> newest = newest().filter(manifest -> isMadeAlike(manifest, ranges));
        if (newest.isEmpty()) {
            return newest;
        }
        Manifest manifest = newest.get();
        ExtractReader files = new ExtractReader(context.session(), landing, manifest);
        try (Background<Boolean> intact = Background.start(files::isIntact);
                Snapshot snapshot = Snapshot.open(server, table, table.rowFormat())) {
            Instant at = context.clock().instant();
            if (manifest.ranges().size() != ranges.count()
                    || !snapshot.hasSums(ranges, (range, sum) -> manifest.isSumOfSource(range, sum, key))
                    || !hasInvalidDates(manifest, snapshot, ranges)
                    || !intact.result()) {
                return Optional.empty();
            }
            snapshot.requireUniqueKey(manifest.rows());
            snapshot.requireUnaltered();
            landing.confirm(manifest.extract(), at);
            return newest;
        }
    }

    /** Empty where the newest cannot be read, because its fix is a new extract. */
    private Optional<Manifest> newest() {
        OptionalLong number = landing.newest();
        return landing.newestReadable()
                .filter(manifest -> number.isPresent() && manifest.extract() == number.getAsLong());
    }

    /** Whether the table has the dates that the extract keeps, which are not in the calendar. */
    private boolean hasInvalidDates(Manifest manifest, Snapshot snapshot, KeyRanges ranges) {
        if (manifest.invalidDates() != InvalidDates.QUARANTINE) {
            return true;
        }
        RangeSum now = InvalidDateRows.of(table, RowMasks.of(table, key)).sum(snapshot, ranges.conditions(table));
        return Manifest.InvalidRows.of(now).equals(manifest.invalidRows());
    }

    private boolean isMadeAlike(Manifest manifest, KeyRanges ranges) {
        return settings.equals(manifest.layout())
                && !identity.differsFrom(manifest.origin())
                && manifest.isLike(table)
                && manifest.rows() == ranges.rows();
    }
}
