/**
 * From extracts to Delta: {@link dev.lakehouse.replicate.LoadTable} brings a Delta table to the state of the extracts of a
 * MySQL table, {@link dev.lakehouse.replicate.ReconcileTable} compares both. Nothing here knows any table.
 */
package dev.lakehouse.replicate;
