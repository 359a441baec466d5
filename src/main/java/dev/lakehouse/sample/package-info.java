/**
 * What the generators of input have in common, and how the command line reaches them. Each product's own is in a package
 * {@code sample.<product>}. None of it is deployed.
 */
package dev.lakehouse.sample;
