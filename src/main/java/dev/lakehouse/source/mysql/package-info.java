/**
 * MySQL and MariaDB as sources: addresses, connections, table definitions, the transfer of rows, and error messages.
 * Extracts and Delta tables are not used here.
 */
package dev.lakehouse.source.mysql;
