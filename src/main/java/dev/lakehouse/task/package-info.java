/**
 * The frame that every task runs in: options, session, clock, report, ledger entry, and one readable message on failure.
 */
package dev.lakehouse.task;
