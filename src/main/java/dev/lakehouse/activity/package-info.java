/**
 * The activity product: user activity, ranked, flattened and pseudonymised, and an index of the ids seen at each
 * location.
 */
package dev.lakehouse.activity;
