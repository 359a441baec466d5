package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;

import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quarantine;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.files.RefusedFiles;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One attempt to load documents. An invoice counts as loaded if it has a row in {@code fact_invoice}, which is written
 * last. A later document of an invoice replaces an earlier one.
 */
public final class InvoiceLoad implements FileLoad.Product {
    private static final int NAMED = 5;

    private final FileRun run;
    private final UnaryOperator<Dataset<Row>> reader;
    private final Dataset<Row> mapping;
    private final Target invoices;
    private final Target lines;
    private final Target memberNumbers;
    private final Target quarantine;
    private Dataset<Row> listed;
    private TaskContext.Stopwatch stopwatch;
    private Counts counts;
    private LatestDocuments latestDocuments;
    private Dataset<Row> latest;
    private MergePlan changedLines;
    private MergePlan changedInvoices;

    /**
     * Opens the tables.
     *
     * @param reader maps listed documents to rows with the columns of {@link Documents#validated}
     * @param mapping {@code member_number, member_id} of member numbers whose members are known
     */
    public InvoiceLoad(FileRun run, UnaryOperator<Dataset<Row>> reader, Dataset<Row> mapping) {
        this.run = run;
        this.reader = reader;
        this.mapping = mapping;
        this.quarantine = run.open(InvoiceTables.QUARANTINE);
        this.memberNumbers = run.open(InvoiceTables.MEMBER_NUMBER);
        this.lines = run.open(InvoiceTables.LINE);
        this.invoices = run.open(InvoiceTables.INVOICE);
    }

    /**
     * A document is identified by its content. Finding new documents requires reading them, so they are also parsed
     * here.
     */
    @Override
    public Dataset<Row> pending(Dataset<Row> documents) {
        listed = documents;
        stopwatch = run.context().stopwatch();
        Dataset<Row> known = invoices.rows().select("_document");
        Dataset<Row> unknown =
                documents.join(known, documents.col("_document").equalTo(known.col("_document")), "left_anti");
        return run.scratch().keep(reader.apply(unknown), "documents");
    }

    @Override
    public FileInput read(Dataset<Row> documents) {
        counts = Counts.of(documents);
        return new FileInput(documents, documents, RefusedFiles.NONE, stopwatch);
    }

    @Override
    public void deduplicate(FileInput input) {
        Dataset<Row> good = input.accepted();
        latestDocuments = LatestDocuments.of(good, counts, invoices.rows(), run.scratch());
        latest = latestDocuments.of(good, counts).withColumn("line_count", size(col(DocumentRow.LINES)));
    }

    /** Plans the quarantine of the existing documents. Rows of removed documents stay. */
    @Override
    public MergePlan quarantine(FileInput input) {
        return quarantine(input.quarantined());
    }

    private MergePlan quarantine(Dataset<Row> bad) {
        return Quarantine.mirror(quarantine, bad, quarantine.rowsWithKeysOf(listed), run.scratch());
    }

    /** A bad document may have been replaced by one that is already loaded, and more members may be known. */
    @Override
    public void nothingPending(Dataset<Row> none) {
        run.write(quarantine(none));
        latest = none;
        writeMemberNumbers();
    }

    @Override
    public void merge(FileInput input) {
        boolean brings = latestDocuments.loaded() > 0;
        writeMemberNumbers();
        changedLines = brings ? ofInvoices(lines, lines(latest)) : MergePlan.nothing(lines);
        run.passed("planned");
        run.write(changedLines);
        changedInvoices = run.write(brings ? ofInvoices(invoices, latest) : MergePlan.nothing(invoices));
    }

    /** Adds a row for each member number on invoices. Existing rows are kept. */
    private void writeMemberNumbers() {
        if (latest.isEmpty() && mapping.isEmpty()) {
            return;
        }
        String[] key = InvoiceTables.MEMBER_NUMBER.keyColumns();
        Dataset<Row> present = memberNumbers.rows();
        Dataset<Row> numbers = latest.select("member_number")
                .union(mapping.join(present, key, "left_semi").select("member_number"))
                .distinct();
        Dataset<Row> held = memberNumbers.rowsWithKeysOf(numbers);
        Dataset<Row> wanted = numbers.join(mapping.withColumnRenamed("member_id", "mapped"), key, "left")
                .join(held, key, "left")
                .withColumn("member_id", coalesce(col("member_id"), col("mapped")));
        run.write(MergePlan.fullState(memberNumbers, wanted, held, run.scratch()));
    }

    /** Replaces the rows of these invoices in a fact table. */
    private MergePlan ofInvoices(Target fact, Dataset<Row> wanted) {
        Dataset<Row> held = fact.rows()
                .join(wanted.select("invoice_number").distinct(), InvoiceTables.INVOICE.keyColumns(), "left_semi");
        return MergePlan.fullState(fact, wanted, held, run.scratch());
    }

    private static Dataset<Row> lines(Dataset<Row> latest) {
        return latest.select(col("*"), posexplode(col(DocumentRow.LINES)).as(new String[] {"position", "line"}))
                .select(col("*"), col("line.*"))
                .withColumn("line_number", col("position").plus(1));
    }

    /** Each document inserts or updates an invoice, is older than the loaded one, is a copy, or is in quarantine. */
    @Override
    public LoadResult result(FileInput input) {
        long read = counts.all();
        LoadResult result = LoadResult.of(InvoiceTables.INVOICE)
                .read(
                        read,
                        Report.count(read, "document") + " ("
                                + input.stopwatch().rate(read) + ")")
                .changed(changedInvoices)
                .line("lines", LoadResult.changes(changedLines))
                .quarantined(counts.bad(), Report.count(counts.bad(), "document"));
        if (counts.copies() > 0) {
            result.line(
                    "copies",
                    Report.count(counts.copies(), "file") + " with a document that another file also contains");
        }
        if (latestDocuments.passedOver() > 0) {
            String few = String.join(", ", named(latestDocuments.older()));
            result.line(
                    "older",
                    Report.count(latestDocuments.passedOver(), "document")
                            + " of invoices of which a later one is loaded: " + few
                            + (latestDocuments.passedOver() > NAMED ? ", …" : ""));
        }
        return result;
    }

    private static List<String> named(Dataset<Row> older) {
        return older.orderBy("invoice_number", "_file").limit(NAMED).collectAsList().stream()
                .map(row -> String.format(
                        Locale.ROOT, "%s %s", row.<String>getAs("invoice_number"), row.<String>getAs("_file")))
                .toList();
    }
}
