/** The invoices product: loads documents and generated invoices into fact tables. */
package dev.lakehouse.invoices;
