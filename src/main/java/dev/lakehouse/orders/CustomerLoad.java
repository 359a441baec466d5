package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.ProcessedFiles;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Quarantine;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.task.Report;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** One attempt to load batches of customers. The row of the last delivered batch is used for each customer. */
final class CustomerLoad implements FileLoad.Product {
    private static final List<String> VERSION = List.of("_delivered_at", TextFiles.FILE, TextFiles.LINE);

    private final FileRun run;
    private final Target customers;
    private final Target industries;
    private final ProcessedFiles batches;
    private FileInput delivered;
    private List<Row> counts;
    private Dataset<Row> counted;
    private Dataset<Row> rows;
    private MergePlan changed;

    CustomerLoad(FileRun run) {
        this.run = run;
        this.customers = run.open(OrderTables.CUSTOMERS);
        this.industries = run.open(OrderTables.CUSTOMER_INDUSTRIES);
        this.batches = new ProcessedFiles(run.open(OrderTables.CUSTOMER_BATCHES));
    }

    @Override
    public Dataset<Row> pending(Dataset<Row> listed) {
        return FileRun.collected(batches.pending(listed));
    }

    @Override
    public FileInput read(Dataset<Row> files) {
        FileInput read = run.csv(CustomerRows.INPUT, files, CustomerRows.EXPECTATIONS);
        Dataset<Row> dated = read.rows()
                .join(
                        read.files()
                                .select(col(TextFiles.FILE), col("_modified_at").as("_delivered_at")),
                        TextFiles.FILE);
        return new FileInput(read.files(), dated, read.refused(), read.stopwatch());
    }

    /** Skips batches with the same content as the previous batch. */
    @Override
    public void deduplicate(FileInput input) {
        Dataset<Row> found = counted(input);
        // One row per batch.
        counts = found.collectAsList();
        counted = run.context().session().createDataFrame(counts, found.schema());
        Dataset<Row> different = input.rows()
                .join(
                        counted.where("NOT redelivery").select(TextFiles.FILE),
                        new String[] {TextFiles.FILE},
                        "left_semi");
        delivered = new FileInput(input.files(), different, input.refused(), input.stopwatch());
        rows = CustomerRows.of(delivered.accepted());
    }

    @Override
    public MergePlan quarantine(FileInput input) {
        Dataset<Row> bad = delivered
                .quarantined()
                .select(Quality.REASONS, TextFiles.FILE, TextFiles.LINE, "_delivered_at", TextFiles.TEXT)
                .unionByName(CustomerRows.unknownIndustries(rows), true);
        // Opened late, because the stream constantly adds to it.
        return Quarantine.append(run.open(OrderTables.QUARANTINE), bad, run.scratch());
    }

    @Override
    public void merge(FileInput input) {
        changed = run.write(MergePlan.newest(customers, rows, VERSION, run.scratch()));
        followCustomers();
    }

    /** Updates the industries, even if an earlier run was stopped before it did. */
    private void followCustomers() {
        Dataset<Row> wanted = CustomerRows.industries(customers.rows());
        run.write(MergePlan.fullState(industries, wanted, industries.rows(), run.scratch()));
    }

    @Override
    public void nothingPending(Dataset<Row> none) {
        followCustomers();
    }

    @Override
    public void record(FileInput input) {
        run.write(batches.record(counted, run.scratch()));
    }

    /** The rows for the table of batches. */
    private Dataset<Row> counted(FileInput input) {
        Column refused = size(col(Quality.REASONS)).gt(0);
        Dataset<Row> perFile = input.rows()
                .groupBy(TextFiles.FILE)
                .agg(
                        sum(CustomerRows.CONTENT).as("content"),
                        count(lit(1)).as("line_count"),
                        count_if(refused).as("quarantined_count"));
        Dataset<Row> counted = input.files()
                .join(perFile, new String[] {TextFiles.FILE}, "left")
                .na()
                .fill(0L, new String[] {"line_count", "quarantined_count"})
                .withColumn("content", coalesce(col("content"), lit(0)).cast("DECIMAL(38,0)"));
        String[] place = {"_modified_at", TextFiles.FILE, "content"};
        // One row per delivered batch.
        Dataset<Row> all = batches.target().rows().selectExpr(place).union(counted.selectExpr(place));
        return counted.join(redeliveries(all), place)
                .withColumn("customer_count", col("line_count").minus(col("quarantined_count")));
    }

    /**
     * Batches with the same content as the previous one. A batch with the content of an earlier one reverts a change
     * and is not a redelivery.
     */
    static Dataset<Row> redeliveries(Dataset<Row> batches) {
        Column before = lag("content", 1).over(Window.orderBy("_modified_at", TextFiles.FILE));
        return batches.withColumn("redelivery", coalesce(col("content").equalTo(before), lit(false)));
    }

    @Override
    public LoadResult result(FileInput input) {
        long lines = total("line_count", counts.stream());
        long redelivered = counts.stream().filter(CustomerLoad::isRedelivery).count();
        long refused = total("quarantined_count", counts.stream().filter(batch -> !isRedelivery(batch)));
        long values = CustomerRows.unknownIndustries(rows).count();
        long repeated = lines - refused - changed.inserted() - changed.updated();
        return LoadResult.of(OrderTables.CUSTOMERS)
                .read(lines, Report.rows(lines) + " (" + input.stopwatch().rate(lines) + ")")
                .line("redelivered", Report.count(redelivered, "file") + " with the content of the previous one")
                .changed(changed)
                .repeated(repeated, Report.rows(repeated) + " of customers with a later stored row")
                .quarantined(
                        refused,
                        Report.count(refused, "line") + ", and " + Report.count(values, "industry value")
                                + " outside the list")
                .line("table", Report.rows(customers.rows().count()));
    }

    private static long total(String column, Stream<Row> batches) {
        return batches.mapToLong(batch -> batch.<Long>getAs(column)).sum();
    }

    private static boolean isRedelivery(Row batch) {
        return batch.<Boolean>getAs("redelivery");
    }
}
