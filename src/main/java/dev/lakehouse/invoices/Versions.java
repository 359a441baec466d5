package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which of several documents of an invoice holds: the one that was modified later, of equal times the one with the
 * greater SHA-256, whether it is among the new ones or loaded. Of copies of one document the earliest counts.
 *
 * @param toLoad {@code _document, _file} of the documents to load, one for each invoice
 * @param older {@code _document, _file, invoice_number} of those that another one is later than
 * @param loaded how many are to load
 * @param copies how many files hold a document that another file holds as well
 */
record Versions(Dataset<Row> toLoad, Dataset<Row> older, long loaded, long copies, long passedOver) {
    static final String[] KEY = {"_document", "_file"};

    /**
     * Compares good documents with each other and with the table.
     *
     * @param invoices the table {@code fact_invoice}
     * @param scratch a location for the result
     */
    static Versions of(Dataset<Row> good, Dataset<Row> invoices, String scratch) {
        Dataset<Row> documents = good.groupBy("_document", "invoice_number")
                .agg(min(struct("_modified_at", "_file")).as("first"))
                .select("invoice_number", "_document", "first.*");
        Dataset<Row> latest = documents
                .groupBy("invoice_number")
                .agg(max(struct("_modified_at", "_document", "_file")).as("latest"));
        Dataset<Row> loaded = invoices.select(
                col("invoice_number"), struct("_modified_at", "_document").as("loaded"));
        latest.join(loaded, new String[] {"invoice_number"}, "left")
                .where(col("loaded")
                        .isNull()
                        .or(struct("latest._modified_at", "latest._document").gt(col("loaded"))))
                .select("latest._document", "latest._file")
                .write()
                .mode("overwrite")
                .parquet(scratch);
        Dataset<Row> toLoad = good.sparkSession().read().parquet(scratch);
        long distinct = documents.count();
        long chosen = toLoad.count();
        return new Versions(
                toLoad, documents.join(toLoad, KEY, "left_anti"), chosen, good.count() - distinct, distinct - chosen);
    }
}
