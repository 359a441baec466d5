package dev.lakehouse.orders;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.task.Report;
import java.util.Locale;

/**
 * The counts of messages by result.
 *
 * @param read the number of messages
 * @param inserted orders that were not stored before
 * @param updated orders that were delivered again, later than the stored ones
 * @param quarantined messages that are not orders
 * @param differing orders whose amount differs from the sum of their lines
 */
record OrderCounts(long read, long inserted, long updated, long quarantined, long differing) {
    /** Compared at two decimals, because some producers compute in floating point. */
    static final String DIFFERS = "NOT round(amount, 2) <=> round(lines_amount, 2)";

    static final OrderCounts NONE = new OrderCounts(0, 0, 0, 0, 0);

    OrderCounts plus(OrderCounts more) {
        return new OrderCounts(
                read + more.read,
                inserted + more.inserted,
                updated + more.updated,
                quarantined + more.quarantined,
                differing + more.differing);
    }

    void report(Report report, String rate) {
        report.line("read", Report.count(read, "message") + " (" + rate + ")");
        report.line("orders", Report.rows(inserted) + " inserted, " + updated + " replaced by a later delivery");
        report.line(
                "again",
                Report.count(repeated(), "message") + " of orders whose stored message is the same or a later one");
        report.line("quarantine", Report.count(quarantined, "message"));
        if (differing > 0) {
            report.warn(Report.count(differing, "order") + " with an amount that differs from the sum of the lines");
        }
    }

    /** The report line of one batch of a stream. */
    String inOneLine(String rate) {
        return String.format(
                Locale.ROOT,
                "%,d messages (%s): %,d orders inserted, %,d replaced, %,d messages in quarantine",
                read,
                rate,
                inserted,
                updated,
                quarantined);
    }

    Result result() {
        return Result.none()
                .table(OrderTables.ORDERS)
                .count(Measure.ROWS_READ, read)
                .count(Measure.ROWS_WRITTEN, inserted + updated)
                .count(Measure.ROWS_INSERTED, inserted)
                .count(Measure.ROWS_UPDATED, updated)
                .count(Measure.ROWS_DEDUPLICATED, repeated())
                .count(Measure.ROWS_QUARANTINED, quarantined);
    }

    private long repeated() {
        return read - inserted - updated - quarantined;
    }
}
