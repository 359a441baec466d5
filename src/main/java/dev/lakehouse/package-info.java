/**
 * Classes that all packages may use. Packages are ordered in layers: a package uses only packages in lower layers, and
 * this package is the lowest.
 */
package dev.lakehouse;
