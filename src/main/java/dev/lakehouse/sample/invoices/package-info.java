/** Invoices: some as PDFs in the landing, many straight into the tables. */
package dev.lakehouse.sample.invoices;
