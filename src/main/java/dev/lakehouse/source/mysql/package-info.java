/**
 * MySQL and MariaDB as sources: addresses and connections, what a table is and how its rows travel, and what errors mean.
 * Nothing here knows extracts or tables of the lakehouse.
 */
package dev.lakehouse.source.mysql;
