/** The command line. */
package dev.lakehouse.cli;
