/** Delta tables by name: where they are, creating them from their DDL, making them known to a session. */
package dev.lakehouse.table;
