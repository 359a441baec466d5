/** The record of task runs: the table {@code ops.task_runs}. */
package dev.lakehouse.ledger;
