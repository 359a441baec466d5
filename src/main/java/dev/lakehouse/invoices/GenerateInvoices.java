package dev.lakehouse.invoices;

import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.Scratch;
import dev.lakehouse.task.Task;
import dev.lakehouse.task.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/**
 * Fills the tables of invoices with generated ones, through the same checks and the same merge as documents. Runs where
 * Datafaker is: on a laptop.
 */
public final class GenerateInvoices extends Task {
    @Option(names = "--landing", required = true, description = "Location for what is needed only while it runs")
    private String landing;

    @Option(names = "--rows", required = true, description = "How many invoices")
    private long rows;

    @Option(names = "--seed", required = true, description = "Seed; invoices of another seed are other invoices")
    private long seed;

    /** Runs the task. */
    public static void main(String[] arguments) {
        new GenerateInvoices().execute(arguments);
    }

    @Override
    protected Result run(TaskContext context) {
        context.progress(Result.none().table(InvoiceTables.INVOICE));
        SparkSession session = context.session();
        String scratch = Scratch.below(landing.replaceFirst("/+$", "") + "/invoices/_scratch");
        try (InvoiceLoad load = InvoiceLoad.open(context, scratch)) {
            Dataset<Row> invoices = InvoiceGenerator.of(seed, rows).invoices(session);
            context.report().line("made", Report.count(rows, "invoice") + " of seed " + seed);
            return load.run(
                    Documents.judged(load.unknown(invoices)),
                    session.emptyDataFrame().selectExpr("'' AS _file"),
                    Mapping.generated(session, context.tables()));
        }
    }
}
