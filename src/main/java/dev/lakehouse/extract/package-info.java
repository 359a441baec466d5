/**
 * From MySQL to the landing: {@link dev.lakehouse.extract.ExtractTable} copies a table to Parquet and proves the copy equal
 * to the source. Nothing here knows any table.
 */
package dev.lakehouse.extract;
