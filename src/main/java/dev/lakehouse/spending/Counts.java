package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.quality.Quality;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where every row went.
 *
 * @param customersRead rows of customers
 * @param customersRefused of these, those in quarantine
 * @param customersRepeated of these, repetitions of a customer with the same content
 * @param ages of the customers that were taken, those without a group, by what is wrong with their age
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

    /** Customers whose age gives no group. */
    record Ages(long missing, long unreadable, long under18, long over120) {}

    static Counts of(
            Dataset<Row> readCustomers, Dataset<Row> readPurchases, Dataset<Row> customers, Dataset<Row> combined) {
        Row read = sums(readCustomers);
        Row bought = sums(readPurchases);
        Row fates = customers
                .agg(
                        count_if(col(Combined.FATE).equalTo(Combined.CONFLICT)),
                        count_if(col(Combined.FATE).equalTo(Combined.REPEATED)),
                        count_if(isFirst().and(col("age").isNull()).and(not(col(Combined.AGE_IS_UNREADABLE)))),
                        count_if(isFirst().and(col(Combined.AGE_IS_UNREADABLE))),
                        count_if(isFirst().and(col("age").lt(18))),
                        count_if(isFirst().and(col("age").gt(120))))
                .head();
        Row joined = combined.agg(
                        count(lit(1)), count_if(col("price").isNull()), count_if(not(col(Combined.HAS_CUSTOMER))))
                .head();
        return new Counts(
                read.getLong(0),
                read.getLong(1) + fates.getLong(0),
                fates.getLong(1),
                new Ages(fates.getLong(2), fates.getLong(3), fates.getLong(4), fates.getLong(5)),
                bought.getLong(0),
                bought.getLong(1),
                joined.getLong(2),
                joined.getLong(1),
                joined.getLong(0));
    }

    private static Column isFirst() {
        return col(Combined.FATE).equalTo(Combined.FIRST);
    }

    private static Row sums(Dataset<Row> judged) {
        return judged.agg(
                        count(lit(1)),
                        coalesce(sum(size(col(Quality.REASONS)).gt(0).cast("long")), lit(0L)))
                .head();
    }

    long quarantined() {
        return customersRefused + purchasesRefused;
    }

    void tell(Report report, TaskContext.Stopwatch stopwatch) {
        report.line(
                "customers",
                Report.rows(customersRead) + ": " + number(customersRead - customersRefused - customersRepeated)
                        + " taken, " + number(customersRepeated) + " repeated, " + number(customersRefused)
                        + " in quarantine");
        report.line(
                "purchases",
                Report.rows(purchasesRead) + ": " + number(purchasesRead - purchasesRefused) + " taken, "
                        + number(purchasesRefused) + " in quarantine");
        report.line(
                "ages",
                number(ages.missing()) + " missing, " + number(ages.unreadable()) + " unreadable, "
                        + number(ages.under18()) + " under 18, "
                        + number(ages.over120()) + " over 120: these are Unknown");
        report.line(
                "combined",
                Report.rows(combined) + " = " + Report.count(purchasesRead - purchasesRefused, "purchase") + " ("
                        + number(purchasesAlone) + " without a customer) + "
                        + Report.count(customersAlone, "customer") + " without a purchase ("
                        + stopwatch.rate(customersRead + purchasesRead) + ")");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
