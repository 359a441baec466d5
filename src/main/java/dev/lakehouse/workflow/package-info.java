/**
 * Runs workflows on a laptop: reads the job files that are deployed to Databricks and runs their tasks in order in this
 * JVM. Each setting of a file works as on Databricks, is ignored because it is for Databricks only (schedules,
 * clusters, notifications), or is refused by name before anything starts. No other setting is ignored.
 */
package dev.lakehouse.workflow;
