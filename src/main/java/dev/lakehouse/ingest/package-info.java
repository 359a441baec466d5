/**
 * Any MySQL table to Delta, exactly: {@link dev.lakehouse.ingest.ExtractTable} copies a table to Parquet and proves the
 * copy equal to the source, {@link dev.lakehouse.ingest.LoadTable} brings a Delta table to the state of the extract.
 * Nothing here knows any table.
 */
package dev.lakehouse.ingest;
