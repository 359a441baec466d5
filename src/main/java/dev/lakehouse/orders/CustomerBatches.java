package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.source.files.CsvRows;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableChange;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Target;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Brings batches into the tables: quarantine, customers, their industries, and the batches last, each by at most one
 * commit. A batch counts as loaded once its row is there, so what was stopped is done again and finds what was written. To
 * be closed.
 */
final class CustomerBatches implements AutoCloseable {
    private static final List<String> BATCH = List.of(TextFiles.FILE, "_size", "_modified_at");
    private static final List<String> VERSION = List.of("_delivered_at", TextFiles.FILE, TextFiles.LINE);

    private final TaskContext context;
    private final String scratch;
    private final LineLimit limit;
    private final Instant now;
    private final Target customers;
    private final Target industries;
    private final Target batches;

    /**
     * Opens the tables.
     *
     * @param scratch a location for what is needed only while it runs; removed by {@link #close()}
     * @param limit the longest line that is read
     */
    CustomerBatches(TaskContext context, String scratch, LineLimit limit) {
        this.context = context;
        this.scratch = scratch;
        this.limit = limit;
        this.now = context.clock().instant();
        this.customers = open(OrderTables.CUSTOMERS, List.of("customer_id"), List.of("customer_id"));
        this.industries = open(
                OrderTables.CUSTOMER_INDUSTRIES,
                List.of("customer_id", "industry"),
                List.of("customer_id", "industry"));
        this.batches = open(OrderTables.CUSTOMER_BATCHES, BATCH, List.of(TextFiles.FILE));
    }

    private Target open(TableName name, List<String> key, List<String> order) {
        return Target.open(context.session(), context.tables(), name, key, order);
    }

    /** Of listed files those that were not loaded in the state in which they are now. */
    Dataset<Row> unknown(Dataset<Row> listed) {
        return listed.join(batches.rows(), BATCH.toArray(String[]::new), "left_anti");
    }

    /** Loads batches in the order in which they were delivered, and then fails if there are files of another kind. */
    Result load(List<Row> unknown) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        List<String> files = unknown.stream().map(row -> row.getString(0)).toList();
        CsvRows input = CustomerRows.INPUT.judged(context.session(), files, scratch + "/lines", limit);
        Dataset<Row> listed = input.refused()
                .without(context.session()
                        .createDataFrame(unknown, unknown.get(0).schema()));
        Dataset<Row> read = kept(
                input.rows().join(listed, TextFiles.FILE).withColumnRenamed("_modified_at", "_delivered_at"), "read");
        Dataset<Row> counted = kept(counted(listed, read), "counted");
        Dataset<Row> first = read.join(
                counted.where("NOT redelivery").select(TextFiles.FILE), new String[] {TextFiles.FILE}, "left_semi");
        Dataset<Row> rows = kept(CustomerRows.of(Quality.accepted(first)), "rows");
        FailPoint.pass("customers.read");

        Dataset<Row> refused = Quality.quarantined(first)
                .select(Quality.REASONS, TextFiles.FILE, TextFiles.LINE, "_delivered_at", TextFiles.TEXT);
        // Opened only now, because the stream adds to it all the time.
        new Quarantine(open(OrderTables.QUARANTINE, OrderTables.REFUSED, List.of("_kafka_timestamp", "_file")))
                .add(refused.unionByName(CustomerRows.unknownIndustries(rows), true), scratch + "/refused", now);
        FailPoint.pass("customers.quarantined");

        Dataset<Row> delivered = rows.drop("unknown_industries", TextFiles.TEXT);
        TableChange change = TableChange.newer(customers, delivered, VERSION, scratch + "/customers");
        change.write(now);
        FailPoint.pass("customers.written");

        followCustomers();
        FailPoint.pass("customers.industries");

        TableChange.ofNewRows(batches, counted).write(now);
        FailPoint.pass("customers.committed");
        Result result = tell(counted, rows, change, stopwatch);
        context.progress(result);
        input.refused().failIfAny("The other batches are loaded.");
        return result;
    }

    /** Brings the industries up to date, also where a stop had left them behind. */
    void followCustomers() {
        TableChange.between(
                        industries,
                        CustomerRows.industries(customers.rows()),
                        industries.rows(),
                        scratch + "/industries")
                .write(now);
    }

    /** The rows of the table of batches. */
    private Dataset<Row> counted(Dataset<Row> listed, Dataset<Row> read) {
        Column refused = size(col(Quality.REASONS)).gt(0);
        Dataset<Row> perFile = read.groupBy(TextFiles.FILE)
                .agg(
                        sum(CustomerRows.CONTENT).as("content"),
                        count(lit(1)).as("line_count"),
                        count_if(refused).as("quarantined_count"));
        Dataset<Row> counted = listed.join(perFile, new String[] {TextFiles.FILE}, "left")
                .na()
                .fill(0L, new String[] {"line_count", "quarantined_count"})
                .withColumn("content", coalesce(col("content"), lit(0)).cast("DECIMAL(38,0)"));
        String[] place = {"_modified_at", TextFiles.FILE, "content"};
        // A row for each batch that was ever delivered.
        Dataset<Row> all = batches.rows().selectExpr(place).union(counted.selectExpr(place));
        Column before = lag("content", 1).over(Window.orderBy("_modified_at", TextFiles.FILE));
        // Only the batch before it counts: one that goes back to an older content takes a change back.
        Dataset<Row> repeated =
                all.withColumn("redelivery", coalesce(col("content").equalTo(before), lit(false)));
        return counted.join(repeated, place)
                .withColumn("customer_count", col("line_count").minus(col("quarantined_count")));
    }

    private Result tell(Dataset<Row> counted, Dataset<Row> rows, TableChange change, TaskContext.Stopwatch stopwatch) {
        Row sums = counted.agg(
                        coalesce(sum("line_count"), lit(0L)),
                        count_if(col("redelivery")),
                        coalesce(
                                sum(col("quarantined_count")
                                        .multiply(col("redelivery").cast("INT").minus(1))),
                                lit(0L)))
                .head();
        long lines = sums.getLong(0);
        long refused = -sums.getLong(2);
        long values = CustomerRows.unknownIndustries(rows).count();
        long unchanged = rows.count() - change.inserted() - change.updated();
        Report report = context.report();
        report.line("read", Report.rows(lines) + " (" + stopwatch.rate(lines) + ")");
        report.line("redelivered", Report.count(sums.getLong(1), "file") + " with the content of the one before it");
        report.line("customers", change.inserted() + " inserted, " + change.updated() + " replaced by a later row");
        report.line("again", Report.rows(unchanged) + " for which a later one holds");
        report.line(
                "quarantine",
                Report.count(refused, "line") + ", and " + Report.count(values, "industry value")
                        + " outside the list");
        report.line(
                "table",
                OrderTables.CUSTOMERS + ": " + Report.rows(customers.rows().count()));
        return Result.none()
                .table(OrderTables.CUSTOMERS)
                .count(Measure.ROWS_READ, lines)
                .count(Measure.ROWS_WRITTEN, change.inserted() + change.updated())
                .count(Measure.ROWS_INSERTED, change.inserted())
                .count(Measure.ROWS_UPDATED, change.updated())
                .count(Measure.ROWS_DEDUPLICATED, lines - refused - change.inserted() - change.updated())
                .count(Measure.ROWS_QUARANTINED, refused);
    }

    private Dataset<Row> kept(Dataset<Row> rows, String name) {
        rows.write().mode("overwrite").parquet(scratch + "/" + name);
        return context.session().read().schema(rows.schema()).parquet(scratch + "/" + name);
    }

    @Override
    public void close() {
        FileStore.of(scratch).delete(scratch);
    }
}
