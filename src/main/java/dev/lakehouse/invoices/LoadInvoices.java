package dev.lakehouse.invoices;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Scratch;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/**
 * Reads invoices from PDF documents and brings them into {@code invoices.fact_invoice} and {@code fact_invoice_line}. A
 * document that was loaded before is not read again; a later document of an invoice takes the place of an earlier one;
 * what cannot be accepted goes to {@code invoices_quarantine} with all reasons.
 */
public final class LoadInvoices extends Task {
    @Option(names = "--landing", required = true, description = "Location below which documents lie, in invoices/")
    private String landing;

    @Option(
            names = "--input",
            defaultValue = "",
            paramLabel = "LOCATION",
            description = "Read this file, folder or glob instead")
    private String input;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadInvoices().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        Result result = Result.none().table(InvoiceTables.INVOICE);
        context.progress(result);
        String folder = landing.replaceFirst("/+$", "") + "/invoices";
        String location = input.isEmpty() ? folder : input;
        Optional<Dataset<Row>> found = Documents.in(context.session(), location);
        if (found.isEmpty()) {
            context.report().line("nothing", "to load: there is no document in " + location);
            return result.count(Measure.ROWS_READ, 0);
        }
        Dataset<Row> files = found.get();
        try (InvoiceLoad load = InvoiceLoad.open(context, Scratch.below(folder + "/_scratch"))) {
            context.report().line("read", Report.count(files.count(), "document") + " of " + location);
            return load.run(
                    Documents.judged(Documents.read(load.unknown(files))), files, Mapping.none(context.session()));
        }
    }
}
