/** The Spark session: the one that is there on Databricks, the one that a laptop makes. */
package dev.lakehouse.spark;
