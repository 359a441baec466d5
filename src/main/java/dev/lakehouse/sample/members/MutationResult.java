package dev.lakehouse.sample.members;

import dev.lakehouse.Percentage;

/** The numbers of updated, deleted and inserted rows. */
public record MutationResult(long updated, long deleted, long inserted) {
    private static final double UPDATED = 0.6;
    private static final double DELETED = 0.2;

    /**
     * The numbers for a share of the rows: 60 % of the share is updated, 20 % deleted, 20 % inserted; at least one of
     * each, but the only row of a table is not deleted.
     */
    static MutationResult of(Percentage share, long rows) {
        long touched = share.of(rows);
        long updated = Math.max(1, Math.round(touched * UPDATED));
        long deleted = Math.max(1, Math.round(touched * DELETED));
        long inserted = deleted;
        return new MutationResult(updated, Math.min(deleted, rows - updated), inserted);
    }
}
