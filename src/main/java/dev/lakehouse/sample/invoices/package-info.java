/** Generates invoices: some as PDFs in the landing, many directly into the tables. */
package dev.lakehouse.sample.invoices;
