package dev.lakehouse.invoices;

import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.storage.Location;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/**
 * Loads invoices from PDF documents into {@code invoices.fact_invoice} and {@code fact_invoice_line}. A loaded document
 * is not loaded again. A later document of an invoice replaces an earlier one. Documents that are not accepted go to
 * {@code invoices_quarantine} with all reasons.
 */
public final class LoadInvoices extends FileLoad {
    @Option(names = "--landing", required = true, description = "Location of the documents, under invoices/")
    private String landing;

    @Option(
            names = "--input",
            defaultValue = "",
            paramLabel = "LOCATION",
            description = "Read this file, folder or glob instead of the landing's")
    private String input;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new LoadInvoices().execute(arguments);
    }

    @Override
    protected KeyedTable table() {
        return InvoiceTables.INVOICE;
    }

    @Override
    protected List<String> inputs() {
        return List.of(input.isEmpty() ? folder() : input);
    }

    @Override
    protected String scratch() {
        return folder() + "/_scratch";
    }

    private String folder() {
        return Location.below(landing, "invoices");
    }

    @Override
    protected Dataset<Row> list(TaskContext context) {
        return Documents.in(context.session(), inputs().get(0));
    }

    @Override
    protected Product open(FileRun run) {
        return new InvoiceLoad(
                run,
                documents -> Documents.validated(Documents.read(documents)),
                Mapping.none(run.context().session()));
    }
}
