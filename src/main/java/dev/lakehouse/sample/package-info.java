/**
 * The common part of the generators of input, and their interface to the command line. Each product's generator is in a
 * package {@code sample.<product>}. None of it is deployed.
 */
package dev.lakehouse.sample;
