/** Telling good rows from rows for quarantine. */
package dev.lakehouse.quality;
