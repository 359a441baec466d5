/** The record of task runs. */
package dev.lakehouse.ledger;
