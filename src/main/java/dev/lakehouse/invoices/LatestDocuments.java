package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.lakehouse.task.ScratchSpace;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which of several documents of an invoice is loaded: the one that was modified later, of equal times the one with the
 * greater SHA-256, compared with the one that is loaded already. Of copies of one document the earliest counts.
 *
 * @param toLoad {@code _document, _file} of the documents to load, one for each invoice
 * @param older {@code _document, _file, invoice_number} of those for which there is a later one
 * @param loaded how many are to load
 * @param passedOver how many of them there are
 */
record LatestDocuments(Dataset<Row> toLoad, Dataset<Row> older, long loaded, long passedOver) {
    static final String[] KEY = {"_document", "_file"};

    /**
     * Compares good documents with each other and with the table.
     *
     * @param counts of them
     * @param invoices the table {@code fact_invoice}
     */
    static LatestDocuments of(Dataset<Row> good, Counts counts, Dataset<Row> invoices, ScratchSpace scratch) {
        if (counts.different() == 0) {
            return new LatestDocuments(good, good, 0, 0);
        }
        Dataset<Row> documents = good.groupBy("_document", "invoice_number")
                .agg(min(struct("_modified_at", "_file")).as("first"))
                .select("invoice_number", "_document", "first.*");
        Dataset<Row> latest = documents
                .groupBy("invoice_number")
                .agg(max(struct("_modified_at", "_document", "_file")).as("latest"));
        Dataset<Row> loaded = invoices.select(
                col("invoice_number"), struct("_modified_at", "_document").as("loaded"));
        // The table changes before the documents are written to it.
        Dataset<Row> toLoad = scratch.keep(
                latest.join(loaded, new String[] {"invoice_number"}, "left")
                        .where(col("loaded")
                                .isNull()
                                .or(struct("latest._modified_at", "latest._document")
                                        .gt(col("loaded"))))
                        .select("latest._document", "latest._file"),
                "versions");
        long loading = toLoad.count();
        return new LatestDocuments(
                toLoad, documents.join(toLoad, KEY, "left_anti"), loading, counts.different() - loading);
    }

    /** The documents to load, whole; mostly these are all. */
    Dataset<Row> of(Dataset<Row> good, Counts counts) {
        return loaded == counts.good() ? good : good.join(toLoad, KEY, "left_semi");
    }
}
