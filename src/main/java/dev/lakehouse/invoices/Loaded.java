package dev.lakehouse.invoices;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of documents: every one is inserted, updates an invoice, is older than what holds, is a copy, or is in
 * quarantine.
 *
 * @param documents how many were looked at
 * @param inserted invoices that are new
 * @param updated invoices that a later document replaced
 * @param lines the lines of both
 * @param older documents that a later one of the same invoice was preferred to
 * @param copies files that hold a document that another file holds as well
 * @param quarantined documents that are not accepted
 */
record Loaded(long documents, long inserted, long updated, long lines, long older, long copies, long quarantined) {
    private static final int NAMED = 5;

    /** Says it. */
    void tell(TaskContext context, TaskContext.Stopwatch stopwatch, Dataset<Row> olderOnes) {
        Report report = context.report();
        report.line(
                "changed",
                String.format(
                        Locale.ROOT,
                        "%,d invoices inserted, %,d updated, with %,d lines (%s)",
                        inserted,
                        updated,
                        lines,
                        stopwatch.rate(lines)));
        if (copies > 0) {
            report.line("copies", Report.count(copies, "file") + " with a document that another file holds as well");
        }
        if (older > 0) {
            report.line("older", Report.count(older, "document") + " of invoices of which a later one is loaded:");
            List<Row> some =
                    olderOnes.orderBy("invoice_number", "_file").limit(NAMED).collectAsList();
            some.forEach(
                    row -> report.show("", row.<String>getAs("invoice_number") + " " + row.<String>getAs("_file")));
        }
        if (quarantined > 0) {
            report.line("quarantined", Report.count(quarantined, "document") + " in " + InvoiceTables.QUARANTINE);
        }
        report.line("where", context.tables().location(InvoiceTables.INVOICE));
    }

    Result result() {
        return Result.none()
                .table(InvoiceTables.INVOICE)
                .count(Measure.ROWS_READ, documents)
                .count(Measure.ROWS_WRITTEN, inserted + updated)
                .count(Measure.ROWS_INSERTED, inserted)
                .count(Measure.ROWS_UPDATED, updated)
                .count(Measure.ROWS_QUARANTINED, quarantined);
    }
}
