/**
 * The lakehouse, floor by floor: a package uses packages on floors below its own only, and this one, the ground, may
 * be used by all. It holds what every floor needs: the one kind of failure that a person can fix, and what the
 * generators of several products draw by.
 */
package dev.lakehouse;
