/** Delta tables by name: their location, their creation from DDL, and their registration in a session. */
package dev.lakehouse.table;
