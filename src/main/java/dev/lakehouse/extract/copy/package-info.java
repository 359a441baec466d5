/**
 * Copies key ranges of a MySQL table to Parquet files: in Spark tasks, but not through Spark's rows. A row goes from the
 * driver's bytes to Parquet's writer, and its checksum is computed on the way.
 */
package dev.lakehouse.extract.copy;
