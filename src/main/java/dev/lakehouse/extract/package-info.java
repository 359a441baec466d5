/**
 * From MySQL to the landing. {@link dev.lakehouse.extract.ExtractTable} copies a table to Parquet and proves the copy
 * equal to the source. The code is generic: no table's name occurs in it.
 */
package dev.lakehouse.extract;
