/**
 * The only code that writes rows to Delta tables. A {@link dev.lakehouse.load.MergePlan} contains the changes to make
 * to a table; {@link dev.lakehouse.load.DeltaSink} writes them in at most one commit.
 * {@link dev.lakehouse.load.FileLoad} is the sequence of steps that loads files. Rows that break an
 * {@link dev.lakehouse.load.Expectation} go to a {@link dev.lakehouse.load.Quarantine}.
 */
package dev.lakehouse.load;
