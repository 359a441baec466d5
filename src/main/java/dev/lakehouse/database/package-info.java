/**
 * A whole MySQL database: what its tables are, the plan of how they are copied, and the files of the bundle for it. Another
 * database takes no Java.
 */
package dev.lakehouse.database;
