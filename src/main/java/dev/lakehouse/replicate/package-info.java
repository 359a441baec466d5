/**
 * From extracts to Delta tables. {@link dev.lakehouse.replicate.LoadTable} loads the extracts of a MySQL table into a
 * Delta table; {@link dev.lakehouse.replicate.ReconcileTable} compares both tables. The code is generic: no table's
 * name occurs in it.
 */
package dev.lakehouse.replicate;
