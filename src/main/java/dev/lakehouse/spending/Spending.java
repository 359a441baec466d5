package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.Percentage;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import dev.lakehouse.quality.Quality;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.CsvRows;
import dev.lakehouse.source.files.LineLimit;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.source.files.Unreadable;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableChange;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Target;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.TaskContext;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One run: reads everything, then brings the tables to the state that follows from it, each by one commit at most, and
 * replaces the files. What a run that stopped has left undone, the next one does. To be closed.
 */
final class Spending implements AutoCloseable {
    static final TableName COMBINED = new TableName("spending", "combined_data");
    private static final TableName TOTALS = new TableName("spending", "age_group_spending");
    private static final TableName QUARANTINE = new TableName("spending", "spending_quarantine");
    private static final List<String> LINE_KEY = List.of(TextFiles.FILE, TextFiles.LINE);
    private static final String NUMBER = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$";
    private static final String DIFFERS = "differs from the first customer of that customer_id";

    private final TaskContext context;
    private final String output;
    private final String scratch;
    private final LineLimit limit;
    private final Percentage mostUnreadable;
    private final Instant now;
    private final Target combinedData;
    private final Target totals;
    private final Target quarantine;

    /** @param mostUnreadable of the values of a column of numbers, the largest share that may be no numbers */
    Spending(TaskContext context, String output, String scratch, LineLimit limit, Percentage mostUnreadable) {
        this.context = context;
        this.output = output;
        this.scratch = scratch;
        this.limit = limit;
        this.mostUnreadable = mostUnreadable;
        this.now = context.clock().instant();
        this.quarantine = open(QUARANTINE, LINE_KEY, LINE_KEY);
        this.combinedData = open(COMBINED, LINE_KEY, List.of("customer_id", TextFiles.FILE, TextFiles.LINE));
        this.totals = open(TOTALS, List.of("age_group"), List.of("age_group"));
    }

    private Target open(TableName name, List<String> key, List<String> order) {
        return Target.open(context.session(), context.tables(), name, key, order);
    }

    Result run(String customersAt, String purchasesAt) {
        TaskContext.Stopwatch stopwatch = context.stopwatch();
        Dataset<Row> readCustomers = read(Inputs.CUSTOMERS, customersAt);
        Dataset<Row> readPurchases = read(Inputs.PURCHASES, purchasesAt);
        unreadable(readCustomers, Inputs.CUSTOMERS, "age", "whole.age.fault IS NOT NULL");
        unreadable(readPurchases, Inputs.PURCHASES, "price", "NOT trim(csv.price) RLIKE '" + NUMBER + "'");
        Dataset<Row> customers = kept(Combined.customers(Quality.accepted(readCustomers)), "customers");
        Dataset<Row> purchases = Combined.purchases(Quality.accepted(readPurchases));
        Dataset<Row> combined = kept(Combined.join(firsts(customers), purchases), "combined");
        Dataset<Row> summed = kept(Combined.totals(combined), "totals");
        FailPoint.pass("spending.read");

        change(quarantine, refused(readCustomers, readPurchases, customers), "quarantine");
        FailPoint.pass("spending.quarantined");
        TableChange changed = change(combinedData, combined, "combined_change");
        FailPoint.pass("spending.combined");
        change(totals, summed, "totals_change");
        FailPoint.pass("spending.totals");

        List<Total> ordered = summed.orderBy(AgeGroup.order()).collectAsList().stream()
                .map(row -> new Total(AgeGroup.named(row.getString(0)), row.getDecimal(1)))
                .toList();
        files(combined, summed, ordered);

        Counts counts = Counts.of(readCustomers, readPurchases, customers, combined);
        counts.tell(context.report(), stopwatch);
        context.report().line("says", Words.of(ordered));
        context.report().line("where", output);
        return Result.none()
                .table(COMBINED)
                .count(Measure.ROWS_READ, counts.customersRead() + counts.purchasesRead())
                .count(Measure.ROWS_WRITTEN, changed.inserted() + changed.updated())
                .count(Measure.ROWS_INSERTED, changed.inserted())
                .count(Measure.ROWS_UPDATED, changed.updated())
                .count(Measure.ROWS_DELETED, changed.deleted())
                .count(Measure.ROWS_DEDUPLICATED, counts.customersRepeated())
                .count(Measure.ROWS_QUARANTINED, counts.quarantined());
    }

    /** Sums over some of the files would be wrong: one that is refused keeps the run from changing anything. */
    private Dataset<Row> read(CsvInput input, String location) {
        CsvRows read = input.judged(context.session(), location, scratch + "/" + input.name() + "_lines", limit);
        read.refused().failIfAny("Nothing was changed.");
        return kept(read.rows(), input.name() + "_read");
    }

    private void unreadable(Dataset<Row> read, CsvInput input, String column, String isUnreadable) {
        Column isGiven = expr("trim(csv." + column + ") <> ''");
        Row counts = read.agg(count_if(isGiven), count_if(isGiven.and(expr(isUnreadable))))
                .head();
        new Unreadable(column, input.name(), counts.getLong(0), counts.getLong(1))
                .failAbove(mostUnreadable, "max_unreadable");
    }

    private static Dataset<Row> firsts(Dataset<Row> customers) {
        return customers.where(col(Combined.FATE).equalTo(Combined.FIRST)).drop(Combined.FATE);
    }

    private static Dataset<Row> refused(Dataset<Row> customers, Dataset<Row> purchases, Dataset<Row> fates) {
        String[] columns = {Quality.REASONS, TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT};
        Dataset<Row> differing = fates.where(col(Combined.FATE).equalTo(Combined.CONFLICT))
                .withColumn(Quality.REASONS, array(lit(DIFFERS)));
        return Quality.quarantined(customers)
                .selectExpr(columns)
                .union(Quality.quarantined(purchases).selectExpr(columns))
                .union(differing.selectExpr(columns));
    }

    private void files(Dataset<Row> combined, Dataset<Row> summed, List<Total> ordered) {
        CsvFile.write(
                combined.orderBy("customer_id", TextFiles.FILE, TextFiles.LINE),
                List.of(
                        "customer_id",
                        "first_name",
                        "last_name",
                        "full_name",
                        "email",
                        "age",
                        "age_group",
                        "product",
                        "price"),
                output + "/combined_data.csv",
                scratch + "/combined_csv");
        FailPoint.pass("spending.combined_file");
        CsvFile.write(
                summed.orderBy(AgeGroup.order()),
                List.of("age_group", "total_spending"),
                output + "/age_group_spending.csv",
                scratch + "/totals_csv");
        byte[] chart = SpendingChart.png(ordered);
        String place = output + "/total_spending_by_age_group.png";
        FileStore.of(place).replace(place, out -> out.write(chart));
        FailPoint.pass("spending.files");
    }

    /** Brings a table to the state of all these rows. */
    private TableChange change(Target target, Dataset<Row> wanted, String name) {
        Dataset<Row> current = target.rows();
        TableChange change = current.isEmpty()
                ? TableChange.ofNewRows(target, wanted)
                : TableChange.between(target, wanted, current, scratch + "/" + name);
        change.write(now);
        return change;
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
