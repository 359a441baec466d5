/**
 * Workflows on a laptop: reads the job files that are deployed to Databricks and runs their tasks in order in this JVM.
 * What such a file asks for is done as Databricks does it, is for Databricks only (schedules, clusters, notifications)
 * and then ignored, or is refused by name before anything starts; nothing is skipped in silence.
 */
package dev.lakehouse.workflow;
