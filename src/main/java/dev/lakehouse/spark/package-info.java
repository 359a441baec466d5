/** The Spark session: the existing one on Databricks, a new one on a laptop. */
package dev.lakehouse.spark;
