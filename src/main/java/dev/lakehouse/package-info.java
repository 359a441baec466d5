/**
 * Classes that all packages may use. Packages are ordered in floors: a package uses only packages on lower floors, and
 * this package is the lowest.
 */
package dev.lakehouse;
