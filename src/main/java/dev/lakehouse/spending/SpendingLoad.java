package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.Percentage;
import dev.lakehouse.load.Deduplication.Status;
import dev.lakehouse.load.Expectation;
import dev.lakehouse.load.FileInput;
import dev.lakehouse.load.FileLoad;
import dev.lakehouse.load.FileRun;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.load.Quarantine;
import dev.lakehouse.load.Target;
import dev.lakehouse.source.files.CsvInput;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.source.files.Unreadable;
import dev.lakehouse.storage.FileStore;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One attempt to compute the tables from all rows and to replace the output files. */
final class SpendingLoad implements FileLoad.Product {
    /** The input that a listed file belongs to: {@code STRING}. */
    static final String INPUT = "_input";

    private static final String NUMBER = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$";
    private static final String DIFFERS = "differs from the first customer of that customer_id";

    private final FileRun run;
    private final String output;
    private final Percentage mostUnreadable;
    private final Target combinedData;
    private final Target totals;
    private final Target quarantine;
    private FileInput customers;
    private FileInput purchases;
    private Dataset<Row> statuses;
    private Dataset<Row> combined;
    private MergePlan changed;
    private List<Total> ordered;

    /** @param mostUnreadable the largest accepted share of values of a numeric column that are not numbers */
    SpendingLoad(FileRun run, String output, Percentage mostUnreadable) {
        this.run = run;
        this.output = output;
        this.mostUnreadable = mostUnreadable;
        this.quarantine = run.open(SpendingTables.QUARANTINE);
        this.combinedData = run.open(SpendingTables.COMBINED);
        this.totals = run.open(SpendingTables.TOTALS);
    }

    /** All files, because every run loads all input. */
    @Override
    public Dataset<Row> pending(Dataset<Row> listed) {
        return listed;
    }

    /** Reads all files. If one is refused, nothing is changed, because sums over some of the files would be wrong. */
    @Override
    public FileInput read(Dataset<Row> files) {
        customers = read(files, Inputs.CUSTOMERS, Inputs.CUSTOMER_EXPECTATIONS);
        purchases = read(files, Inputs.PURCHASES, Inputs.PURCHASE_EXPECTATIONS);
        checkReadable(customers, Inputs.CUSTOMERS, "age", "whole.age.fault IS NOT NULL");
        checkReadable(purchases, Inputs.PURCHASES, "price", "NOT trim(csv.price) RLIKE '" + NUMBER + "'");
        return customers;
    }

    private FileInput read(Dataset<Row> files, CsvInput kind, List<Expectation> expectations) {
        FileInput input = run.csv(kind, files.where(col(INPUT).equalTo(kind.name())), expectations);
        input.refused().failIfAny("Nothing was changed.");
        return input;
    }

    private void checkReadable(FileInput input, CsvInput kind, String column, String isUnreadable) {
        Column isGiven = expr("trim(csv." + column + ") <> ''");
        Row counts = input.rows()
                .agg(count_if(isGiven), count_if(isGiven.and(expr(isUnreadable))))
                .head();
        new Unreadable(column, kind.name(), counts.getLong(0), counts.getLong(1))
                .failAbove(mostUnreadable, "max_unreadable");
    }

    @Override
    public void deduplicate(FileInput input) {
        statuses = run.scratch().keep(CustomerPurchases.customers(customers.accepted()), "statuses");
        Dataset<Row> firsts = statuses.where(Status.NEW.is()).drop(Status.COLUMN);
        combined = run.scratch()
                .keep(CustomerPurchases.join(firsts, CustomerPurchases.purchases(purchases.accepted())), "combined");
    }

    @Override
    public MergePlan quarantine(FileInput input) {
        String[] columns = {Quality.REASONS, TextFiles.FILE, TextFiles.LINE, TextFiles.TEXT};
        Dataset<Row> differing = statuses.where(Status.CONFLICT.is()).withColumn(Quality.REASONS, array(lit(DIFFERS)));
        Dataset<Row> bad = customers
                .quarantined()
                .selectExpr(columns)
                .union(purchases.quarantined().selectExpr(columns))
                .union(differing.selectExpr(columns));
        return Quarantine.mirror(quarantine, bad, quarantine.rows(), run.scratch());
    }

    @Override
    public void merge(FileInput input) {
        changed = run.write(MergePlan.fullState(combinedData, combined, combinedData.rows(), run.scratch()));
        // A row for each age group.
        Dataset<Row> few = FileRun.collected(CustomerPurchases.totals(combined));
        run.write(MergePlan.fullState(totals, few, totals.rows(), run.scratch()));
        ordered = few.orderBy(AgeGroup.order()).collectAsList().stream()
                .map(row -> new Total(AgeGroup.named(row.getString(0)), row.getDecimal(1)))
                .toList();
        writeFiles(few);
    }

    private void writeFiles(Dataset<Row> summed) {
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
                run.scratch());
        run.passed("combined_data.csv");
        CsvFile.write(
                summed.orderBy(AgeGroup.order()),
                List.of("age_group", "total_spending"),
                output + "/age_group_spending.csv",
                run.scratch());
        byte[] chart = SpendingChart.png(ordered);
        String place = output + "/total_spending_by_age_group.png";
        FileStore.of(place).replace(place, out -> out.write(chart));
    }

    @Override
    public LoadResult result(FileInput input) {
        return Counts.of(customers.rows(), purchases.rows(), statuses, combined)
                .result(changed, customers.stopwatch())
                .line("spending", SpendingSummary.of(ordered))
                .line("output", output);
    }
}
