/** The common part of all tasks: options, session, clock, report, ledger row, and one readable message on failure. */
package dev.lakehouse.task;
