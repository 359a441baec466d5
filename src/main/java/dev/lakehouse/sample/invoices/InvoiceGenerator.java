package dev.lakehouse.sample.invoices;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.invoices.DocumentRow;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Invoices that look like a shop's, made by Spark itself: few customers buy much, few items sell often, weekends and the
 * end of the year are busy.
 *
 * <p>An invoice is a function of (seed, index) and of nothing else: more rows of one seed are the same ones and more.
 */
public final class InvoiceGenerator {
    /** How many customers there are; the first ones buy most. */
    static final int CUSTOMERS = 20_000;

    /** The member number of the first customer; the others follow. */
    static final int FIRST_MEMBER_NUMBER = 20_000_000;

    private static final int STEPS = 1 << 20;

    // Values and how often each comes.
    private static final List<Integer> LINES = weighted(1, 35, 2, 25, 3, 15, 4, 9, 5, 6, 6, 4, 8, 3, 12, 2, 40, 1);
    private static final List<Integer> QUANTITIES = weighted(1, 60, 2, 22, 3, 8, 4, 4, 5, 2, 6, 1, 10, 1, 12, 1, 24, 1);
    private static final List<Integer> DISCOUNTS = weighted(0, 50, 5, 15, 10, 20, 15, 5, 20, 5);
    private static final List<Integer> DUE_DAYS = weighted(15, 3, 30, 2, 60, 1);
    private static final List<Integer> PAID_PERCENT = weighted(100, 85, 50, 5, 0, 10);
    // Currencies, and prices in them in percent of those in Hong Kong dollars.
    private static final List<String> CURRENCIES =
            List.of("HKD", "HKD", "HKD", "HKD", "HKD", "HKD", "HKD", "USD", "SGD");
    private static final List<Integer> RATES = List.of(100, 100, 100, 100, 100, 100, 100, 13, 17);
    private static final List<String> PAYMENT_METHODS = List.of("Visa", "Visa", "Mastercard", "Bank transfer", "FPS");

    private final long seed;
    private final long rows;
    private final Vocabulary words = Vocabulary.draw();

    private InvoiceGenerator(long seed, long rows) {
        this.seed = seed;
        this.rows = rows;
    }

    /** So many invoices of a seed. */
    public static InvoiceGenerator of(long seed, long rows) {
        return new InvoiceGenerator(seed, rows);
    }

    /** The invoices, as documents that were read: the input of {@link Documents#validated}. */
    public Dataset<Row> invoices(SparkSession session) {
        Column id = col("id");
        Column customer = col("customer");
        Dataset<Row> invoices = session.range(rows)
                .withColumn("customer", skewed(CUSTOMERS, "customer", id))
                .withColumn("invoice_number", functions.expr("format_string('S" + seed + "-%08d', id + 1)"))
                .withColumn(
                        "invoice_date",
                        functions.date_add(
                                functions.to_date(functions.lit(ShopDays.FIRST.toString())),
                                pick(ShopDays.byShare(), "date", id)))
                .withColumn("seller_name", functions.lit("Harbour Test Store Ltd."))
                .withColumn("seller_address", functions.lit("1 Sample Quay"))
                .withColumn("seller_city", functions.lit("Hong Kong"))
                .withColumn("member_number", customer.plus(FIRST_MEMBER_NUMBER).cast("string"))
                .withColumn("bill_to_name", pick(words.names(), "name", customer))
                .withColumn("bill_to_address", pick(words.streets(), "street", customer))
                .withColumn("bill_to_city", pick(words.cities(), "city", customer))
                .withColumn("ship_to_name", col("bill_to_name"))
                .withColumn(
                        "ship_to_address",
                        functions
                                .when(random(10, "elsewhere", id).equalTo(0), pick(words.streets(), "ship to", id))
                                .otherwise(col("bill_to_address")))
                .withColumn("ship_to_city", col("bill_to_city"))
                .withColumn("po_number", functions.expr("format_string('PO%08d', id + 1)"))
                .withColumn("payment_method", pick(PAYMENT_METHODS, "payment", customer))
                .withColumn("currency", pick(CURRENCIES, "currency", customer))
                .withColumn("rate", pick(RATES, "currency", customer))
                .withColumn("payment_due_days", pick(DUE_DAYS, "due", id))
                .withColumn("terms", functions.expr("'Payment is due within ' || payment_due_days || ' days'"))
                .withColumn("percent", pick(DISCOUNTS, "discount", id))
                .withColumn("paid", pick(PAID_PERCENT, "paid", id))
                .withColumn(DocumentRow.LINES, lines(id));
        return asDocuments(withAmounts(invoices)).drop("id", "customer", "rate", "percent", "paid");
    }

    private Column lines(Column id) {
        Column count = pick(LINES, "lines", id);
        return functions.transform(functions.sequence(functions.lit(1), count), number -> {
            Column item = skewed(words.items().size(), "item", id, number);
            return functions.struct(
                    at(array(words.items()), item).as("item"),
                    pick(QUANTITIES, "quantity", id, number).as("quantity"),
                    at(array(words.prices()), item).as("price"));
        });
    }

    private static Dataset<Row> withAmounts(Dataset<Row> invoices) {
        return invoices.withColumn(DocumentRow.LINES, functions.expr("""
                                transform(
                                  transform(lines, line -> named_struct(
                                    'item', line.item,
                                    'quantity', line.quantity,
                                    'unit_price', CAST(CAST(line.price * rate div 100 AS DECIMAL(18, 0)) / 100 AS DECIMAL(18, 2)))),
                                  line -> named_struct(
                                    'item', line.item,
                                    'quantity', line.quantity,
                                    'unit_price', line.unit_price,
                                    'amount', CAST(line.quantity * line.unit_price AS DECIMAL(18, 2))))
                                """))
                .withColumn(
                        "subtotal",
                        functions.expr("CAST(aggregate(lines, CAST(0 AS DECIMAL(38, 2)),"
                                + " (sum, line) -> CAST(sum + line.amount AS DECIMAL(38, 2))) AS DECIMAL(18, 2))"))
                .withColumn("discount_percent", functions.expr("CAST(nullif(percent, 0) AS DECIMAL(5, 2))"))
                .withColumn(
                        "discount_amount",
                        functions.expr(
                                "CAST(coalesce(round(subtotal * discount_percent / 100, 2), 0) AS DECIMAL(18, 2))"))
                .withColumn("total", functions.expr("CAST(subtotal - discount_amount AS DECIMAL(18, 2))"))
                .withColumn("amount_paid", functions.expr("CAST(round(total * paid / 100, 2) AS DECIMAL(18, 2))"))
                .withColumn("balance_due", functions.expr("CAST(total - amount_paid AS DECIMAL(18, 2))"));
    }

    /** Each one is a document of its own, as if written at the end of its day. */
    private Dataset<Row> asDocuments(Dataset<Row> invoices) {
        return invoices.withColumn("json", functions.to_json(functions.struct(col("*"))))
                .withColumn("_file", functions.lit("generated with seed " + seed))
                .withColumn("_size", functions.length(col("json")).cast("bigint"))
                .withColumn("_document", functions.sha2(col("json"), 256))
                .withColumn(
                        "_modified_at",
                        functions.date_add(col("invoice_date"), 1).cast("timestamp"))
                .withColumn(DocumentRow.PROBLEM, functions.lit(null).cast("string"))
                .withColumn("text", functions.lit(null).cast("string"))
                .drop("json");
    }

    /** A whole number from 0 to {@code bound} - 1 that follows from the seed, a word and some columns. */
    private Column random(int bound, String what, Column... of) {
        Column[] all = new Column[of.length + 2];
        all[0] = functions.lit(seed);
        all[1] = functions.lit(what);
        System.arraycopy(of, 0, all, 2, of.length);
        return functions
                .pmod(functions.xxhash64(all), functions.lit((long) bound))
                .cast("int");
    }

    /** The same, small numbers much more often than large ones. */
    private Column skewed(int bound, String what, Column... of) {
        Column even = random(STEPS, what, of).cast("double").divide(STEPS);
        return functions
                .floor(even.multiply(even).multiply(even).multiply(bound))
                .cast("int");
    }

    private Column pick(List<?> values, String what, Column... of) {
        return at(array(values), random(values.size(), what, of));
    }

    private static Column array(List<?> values) {
        return functions.lit(
                values.get(0) instanceof String ? values.toArray(String[]::new) : values.toArray(Integer[]::new));
    }

    private static Column at(Column values, Column index) {
        return functions.element_at(values, index.plus(1));
    }

    private static List<Integer> weighted(int... valuesAndWeights) {
        return IntStream.range(0, valuesAndWeights.length / 2)
                .flatMap(i -> IntStream.generate(() -> valuesAndWeights[2 * i]).limit(valuesAndWeights[2 * i + 1]))
                .boxed()
                .toList();
    }
}
