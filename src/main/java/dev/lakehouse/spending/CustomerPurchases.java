package dev.lakehouse.spending;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;

import dev.lakehouse.load.Deduplication;
import dev.lakehouse.source.files.TextFiles;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Joins customers with purchases, and sums the spending. */
final class CustomerPurchases {
    /** Whether a customer's age is not a whole number: {@code BOOLEAN}. */
    static final String AGE_IS_UNREADABLE = "_age_is_unreadable";

    /** Whether a joined row has a customer: {@code BOOLEAN}. */
    static final String HAS_CUSTOMER = "_has_customer";

    private CustomerPurchases() {}

    /**
     * Distinguishes the first row of each customer from repetitions and from later rows that differ.
     *
     * @param customers accepted rows of customers: {@code _file, _line, _text, csv, whole}
     * @return {@code customer_id, first_name, last_name, full_name, email, age, age_group, _age_is_unreadable,
     *     _file, _line, _text}, and {@link Deduplication.Status#COLUMN}
     */
    static Dataset<Row> customers(Dataset<Row> customers) {
        Column content = expr("struct(csv.first_name, csv.last_name, csv.email, csv.age)");
        Column firstName = given("first_name");
        Column lastName = given("last_name");
        return Deduplication.of(List.of("customer_id"))
                .statuses(customers.withColumn("customer_id", col("whole.customer_id.value")), content)
                .withColumn("first_name", firstName)
                .withColumn("last_name", lastName)
                .withColumn("full_name", nullif(concat_ws(" ", firstName, lastName), lit("")))
                .withColumn("email", given("email"))
                .withColumn("age", col("whole.age.value").cast("INT"))
                .withColumn(AGE_IS_UNREADABLE, col("whole.age.fault").isNotNull())
                .withColumn("age_group", AgeGroup.of(col("age")))
                .drop("csv", "whole");
    }

    private static Column given(String column) {
        return nullif(trim(col("csv." + column)), lit(""));
    }

    /** Accepted rows of purchases: {@code customer_id, product, price, _file, _line}. */
    static Dataset<Row> purchases(Dataset<Row> purchases) {
        return purchases.select(
                col("whole.customer_id.value").as("customer_id"),
                given("product").as("product"),
                expr("CAST(trim(csv.price) AS DECIMAL(18, 2))").as("price"),
                col(TextFiles.FILE),
                col(TextFiles.LINE));
    }

    /** All purchases, and all customers without a purchase. {@code customers} must have each customer once. */
    static Dataset<Row> join(Dataset<Row> customers, Dataset<Row> purchases) {
        Dataset<Row> bought = purchases
                .withColumnRenamed(TextFiles.FILE, "bought_file")
                .withColumnRenamed(TextFiles.LINE, "bought_line");
        return customers
                .drop(TextFiles.TEXT, AGE_IS_UNREADABLE)
                .withColumn(HAS_CUSTOMER, lit(true))
                .join(bought, new String[] {"customer_id"}, "full_outer")
                .withColumn(HAS_CUSTOMER, coalesce(col(HAS_CUSTOMER), lit(false)))
                .withColumn("age_group", coalesce(col("age_group"), lit(AgeGroup.UNKNOWN.text())))
                .withColumn(TextFiles.FILE, coalesce(col("bought_file"), col(TextFiles.FILE)))
                .withColumn(TextFiles.LINE, coalesce(col("bought_line"), col(TextFiles.LINE)))
                .drop("bought_file", "bought_line");
    }

    /** {@code age_group, total_spending} in age order: all named groups, and Unknown if it has rows. */
    static Dataset<Row> totals(Dataset<Row> combined) {
        Dataset<Row> named = combined.sparkSession()
                .createDataset(
                        Arrays.stream(AgeGroup.values())
                                .filter(group -> group != AgeGroup.UNKNOWN)
                                .map(AgeGroup::text)
                                .toList(),
                        Encoders.STRING())
                .toDF("age_group")
                .withColumn("price", lit(null).cast("decimal(18, 2)"));
        return combined.select("age_group", "price")
                .union(named)
                .groupBy("age_group")
                .agg(coalesce(sum("price"), lit(0).cast("decimal(28, 2)")).as("total_spending"))
                .orderBy(AgeGroup.order());
    }
}
