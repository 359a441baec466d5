/** The command line for people. */
package dev.lakehouse.cli;
