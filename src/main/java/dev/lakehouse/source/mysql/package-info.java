/**
 * MySQL and MariaDB as sources: addresses with the driver's options, connections, and what their errors mean. Nothing here
 * knows extracts or tables of the lakehouse.
 */
package dev.lakehouse.source.mysql;
