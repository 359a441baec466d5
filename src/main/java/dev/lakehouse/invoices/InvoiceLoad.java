package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;

import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableChange;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Target;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings judged documents into the tables: quarantine first, then member numbers, lines, and invoices last, each as at
 * most one commit. An invoice counts as loaded once its row is in {@code fact_invoice}; so what was stopped is done
 * again, and what was written by then is found to be there. To be closed.
 */
final class InvoiceLoad implements AutoCloseable {
    private static final String[] MEMBER_NUMBER = InvoiceTables.MEMBER_NUMBER_KEY.toArray(String[]::new);

    private final TaskContext context;
    private final String scratch;
    private final Instant now;
    private final Target invoices;
    private final Target lines;
    private final Target memberNumbers;
    private final Target quarantine;

    private InvoiceLoad(TaskContext context, String scratch) {
        this.context = context;
        this.scratch = scratch;
        this.now = context.clock().instant();
        this.quarantine = open(InvoiceTables.QUARANTINE, InvoiceTables.QUARANTINE_KEY, InvoiceTables.QUARANTINE_KEY);
        this.memberNumbers =
                open(InvoiceTables.MEMBER_NUMBER, InvoiceTables.MEMBER_NUMBER_KEY, InvoiceTables.MEMBER_NUMBER_KEY);
        this.lines = open(InvoiceTables.LINE, InvoiceTables.LINE_KEY, InvoiceTables.FACT_ORDER);
        this.invoices = open(InvoiceTables.INVOICE, InvoiceTables.INVOICE_KEY, InvoiceTables.FACT_ORDER);
    }

    private Target open(TableName name, List<String> key, List<String> order) {
        return Target.open(context.session(), context.tables(), name, key, order);
    }

    /**
     * Opens the tables.
     *
     * @param scratch a location for what is needed only while it runs; removed by {@link #close()}
     */
    static InvoiceLoad open(TaskContext context, String scratch) {
        return new InvoiceLoad(context, scratch);
    }

    /** Of documents, or of anything with their {@code _document}, those that are not loaded yet. */
    Dataset<Row> unknown(Dataset<Row> documents) {
        Dataset<Row> known = invoices.rows().select("_document");
        return documents.join(known, documents.col("_document").equalTo(known.col("_document")), "left_anti");
    }

    /**
     * Loads documents, and says what became of them.
     *
     * @param judged unknown documents, as from {@link Documents#judged}
     * @param files the files that are there, by {@code _file}: quarantine is brought to their state
     * @param mapping {@code member_number, member_id} of numbers whose members are known
     */
    Result run(Dataset<Row> judged, Dataset<Row> files, Dataset<Row> mapping) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        Dataset<Row> documents = kept(judged);
        Counts counts = Counts.of(documents);
        context.report().line("new", Report.count(counts.all(), "document") + " not loaded yet");
        FailPoint.pass("invoices.read");

        if (counts.bad() > 0 || !quarantine.rows().isEmpty()) {
            quarantine(documents, files).write(now);
        }
        FailPoint.pass("invoices.quarantined");

        Dataset<Row> good = Quality.accepted(documents);
        Versions versions = Versions.of(good, counts, invoices.rows(), scratch + "/versions");
        Dataset<Row> latest = versions.of(good, counts).withColumn("line_count", size(col(DocumentRow.LINES)));
        boolean brings = versions.loaded() > 0;
        if (brings || !mapping.isEmpty()) {
            memberNumbers(latest, mapping).write(now);
        }
        FailPoint.pass("invoices.members");

        TableChange lineChange = brings ? change(lines, lines(latest), "lines") : TableChange.none(lines);
        FailPoint.pass("invoices.compared");
        lineChange.write(now);
        FailPoint.pass("invoices.lines");

        TableChange changed = brings ? change(invoices, latest, "invoices") : TableChange.none(invoices);
        changed.write(now);
        FailPoint.pass("invoices.committed");

        Loaded loaded = new Loaded(counts, versions, changed, lineChange);
        loaded.tell(context, stopwatch);
        return loaded.result();
    }

    private Dataset<Row> kept(Dataset<Row> judged) {
        String place = scratch + "/documents";
        judged.write().mode("overwrite").parquet(place);
        return context.session().read().parquet(place);
    }

    private TableChange quarantine(Dataset<Row> documents, Dataset<Row> files) {
        Dataset<Row> present = files.select("_file").distinct();
        return TableChange.between(
                quarantine,
                Quality.quarantined(documents),
                quarantine.rows().join(present, new String[] {"_file"}, "left_semi"),
                scratch + "/quarantine");
    }

    /** Every number on an invoice gets a row; what is known of one is kept. */
    private TableChange memberNumbers(Dataset<Row> latest, Dataset<Row> mapping) {
        Dataset<Row> present = memberNumbers.rows();
        Dataset<Row> numbers = latest.select("member_number")
                .union(mapping.join(present, MEMBER_NUMBER, "left_semi").select("member_number"))
                .distinct();
        Dataset<Row> current = present.join(numbers, MEMBER_NUMBER, "left_semi");
        Dataset<Row> wanted = numbers.join(mapping.withColumnRenamed("member_id", "mapped"), MEMBER_NUMBER, "left")
                .join(current, MEMBER_NUMBER, "left")
                .withColumn("member_id", coalesce(col("member_id"), col("mapped")));
        return TableChange.between(memberNumbers, wanted, current, scratch + "/member_numbers");
    }

    /** The rows of a fact for these invoices, in place of those that it has of them. */
    private TableChange change(Target fact, Dataset<Row> wanted, String name) {
        if (fact.rows().isEmpty()) {
            return TableChange.ofNewRows(fact, wanted);
        }
        Dataset<Row> current = fact.rows()
                .join(
                        wanted.select("invoice_number").distinct(),
                        InvoiceTables.INVOICE_KEY.toArray(String[]::new),
                        "left_semi");
        return TableChange.between(fact, wanted, current, scratch + "/" + name);
    }

    private static Dataset<Row> lines(Dataset<Row> latest) {
        return latest.select(col("*"), posexplode(col(DocumentRow.LINES)).as(new String[] {"position", "line"}))
                .select(col("*"), col("line.*"))
                .withColumn("line_number", col("position").plus(1));
    }

    @Override
    public void close() {
        FileStore.of(scratch).delete(scratch);
    }
}
