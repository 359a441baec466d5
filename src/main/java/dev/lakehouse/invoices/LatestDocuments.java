package dev.lakehouse.invoices;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.lakehouse.task.ScratchSpace;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses which of several documents of an invoice is loaded: the one that was modified last or, if times are equal,
 * the one with the greatest SHA-256. The loaded document is compared as well. Of copies of a document, the earliest is
 * used.
 *
 * @param toLoad {@code _document, _file} of the documents to load, one per invoice
 * @param older {@code _document, _file, invoice_number} of documents for which there is a later one
 * @param loaded the number of documents to load
 * @param passedOver the number of older documents
 */
record LatestDocuments(Dataset<Row> toLoad, Dataset<Row> older, long loaded, long passedOver) {
    static final String[] KEY = {"_document", "_file"};

    /**
     * Compares good documents with each other and with the table.
     *
     * @param counts of the documents
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
        // The table changes before these documents are written to it.
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

    /** The documents to load with all columns; usually all documents. */
    Dataset<Row> of(Dataset<Row> good, Counts counts) {
        return loaded == counts.good() ? good : good.join(toLoad, KEY, "left_semi");
    }
}
