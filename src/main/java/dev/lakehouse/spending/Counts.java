package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.load.Deduplication.Status;
import dev.lakehouse.load.LoadResult;
import dev.lakehouse.load.MergePlan;
import dev.lakehouse.load.Quality;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The counts of all rows, by their result.
 *
 * @param customersRead rows of customers
 * @param customersRefused of these, those in quarantine
 * @param customersRepeated of these, repetitions of a customer with the same content
 * @param ages accepted customers without an age group, by the fault of their age
 * @param purchasesRead rows of purchases
 * @param purchasesRefused of these, those in quarantine
 * @param purchasesAlone of these, those whose customer is missing
 * @param customersAlone customers without a purchase
 * @param combined rows of the result
 */
record Counts(
        long customersRead,
        long customersRefused,
        long customersRepeated,
        Ages ages,
        long purchasesRead,
        long purchasesRefused,
        long purchasesAlone,
        long customersAlone,
        long combined) {

    /** Customers without an age group. */
    record Ages(long missing, long unreadable, long under18, long over120) {}

    static Counts of(
            Dataset<Row> readCustomers, Dataset<Row> readPurchases, Dataset<Row> customers, Dataset<Row> combined) {
        Row read = sums(readCustomers);
        Row bought = sums(readPurchases);
        Row statuses = customers
                .agg(
                        count_if(Status.CONFLICT.is()),
                        count_if(Status.REPEATED.is()),
                        count_if(Status.NEW
                                .is()
                                .and(col("age").isNull())
                                .and(not(col(CustomerPurchases.AGE_IS_UNREADABLE)))),
                        count_if(Status.NEW.is().and(col(CustomerPurchases.AGE_IS_UNREADABLE))),
                        count_if(Status.NEW.is().and(col("age").lt(18))),
                        count_if(Status.NEW.is().and(col("age").gt(120))))
                .head();
        Row joined = combined.agg(
                        count(lit(1)),
                        count_if(col("price").isNull()),
                        count_if(not(col(CustomerPurchases.HAS_CUSTOMER))))
                .head();
        return new Counts(
                read.getLong(0),
                read.getLong(1) + statuses.getLong(0),
                statuses.getLong(1),
                new Ages(statuses.getLong(2), statuses.getLong(3), statuses.getLong(4), statuses.getLong(5)),
                bought.getLong(0),
                bought.getLong(1),
                joined.getLong(2),
                joined.getLong(1),
                joined.getLong(0));
    }

    private static Row sums(Dataset<Row> validated) {
        return validated
                .agg(
                        count(lit(1)),
                        coalesce(sum(size(col(Quality.REASONS)).gt(0).cast("long")), lit(0L)))
                .head();
    }

    private long quarantined() {
        return customersRefused + purchasesRefused;
    }

    /** The result of the load. */
    LoadResult result(MergePlan combinedData, TaskContext.Stopwatch stopwatch) {
        long read = customersRead + purchasesRead;
        return LoadResult.of(SpendingTables.COMBINED)
                .read(
                        read,
                        Report.count(customersRead, "customer") + " and " + Report.count(purchasesRead, "purchase")
                                + " (" + stopwatch.rate(read) + ")")
                .repeated(
                        customersRepeated,
                        Report.count(customersRepeated, "customer") + " with the content of the first")
                .quarantined(
                        quarantined(),
                        Report.count(customersRefused, "customer") + " and "
                                + Report.count(purchasesRefused, "purchase"))
                .line(
                        "ages",
                        number(ages.missing()) + " missing, " + number(ages.unreadable()) + " unreadable, "
                                + number(ages.under18()) + " under 18, "
                                + number(ages.over120()) + " over 120: these are Unknown")
                .line(
                        "combined",
                        Report.rows(combined) + " = " + Report.count(purchasesRead - purchasesRefused, "purchase")
                                + " (" + number(purchasesAlone) + " without a customer) + "
                                + Report.count(customersAlone, "customer") + " without a purchase")
                .changed(combinedData);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
