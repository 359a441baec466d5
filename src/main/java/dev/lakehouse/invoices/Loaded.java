package dev.lakehouse.invoices;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.table.TableChange;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.Locale;

/**
 * What became of documents: every one is inserted, updates an invoice, is older than what holds, is a copy, or is in
 * quarantine.
 */
record Loaded(Counts counts, Versions versions, TableChange invoices, TableChange lines) {
    private static final int NAMED = 5;

    /** Says it. */
    void tell(TaskContext context, TaskContext.Stopwatch stopwatch) {
        Report report = context.report();
        report.line(
                "changed",
                String.format(
                        Locale.ROOT,
                        "%,d inserted, %,d updated; of lines %,d inserted, %,d updated, %,d deleted (%s)",
                        invoices.inserted(),
                        invoices.updated(),
                        lines.inserted(),
                        lines.updated(),
                        lines.deleted(),
                        stopwatch.rate(lines.inserted() + lines.updated())));
        if (counts.copies() > 0) {
            report.line(
                    "copies",
                    Report.count(counts.copies(), "file") + " with a document that another file holds as well");
        }
        if (versions.passedOver() > 0) {
            report.line(
                    "older",
                    Report.count(versions.passedOver(), "document") + " of invoices of which a later one is loaded:");
            versions.older()
                    .orderBy("invoice_number", "_file")
                    .limit(NAMED)
                    .collectAsList()
                    .forEach(row ->
                            report.show("", row.<String>getAs("invoice_number") + " " + row.<String>getAs("_file")));
        }
        if (counts.bad() > 0) {
            report.line("quarantined", Report.count(counts.bad(), "document") + " in " + InvoiceTables.QUARANTINE);
        }
        report.line("where", context.tables().location(InvoiceTables.INVOICE));
    }

    Result result() {
        return Result.none()
                .table(InvoiceTables.INVOICE)
                .count(Measure.ROWS_READ, counts.all())
                .count(Measure.ROWS_WRITTEN, invoices.inserted() + invoices.updated())
                .count(Measure.ROWS_INSERTED, invoices.inserted())
                .count(Measure.ROWS_UPDATED, invoices.updated())
                .count(Measure.ROWS_QUARANTINED, counts.bad());
    }
}
