/**
 * The one way into a Delta table. {@link dev.lakehouse.load.MergePlan} says what has to happen to a table, {@link
 * dev.lakehouse.load.DeltaSink} does it in at most one commit. {@link dev.lakehouse.load.FileLoad} is the sequence by which
 * files are loaded; rows that break an {@link dev.lakehouse.load.Expectation} go to {@link dev.lakehouse.load.Quarantine}.
 */
package dev.lakehouse.load;
