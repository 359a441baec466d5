/**
 * A Databricks workspace, reached from this machine by its API: deployed jobs are started and followed, SQL runs on a
 * warehouse, and a workspace is checked for what a deployment needs. Login and profiles are those of the Databricks CLI.
 */
package dev.lakehouse.remote;
