/** The product activity: what users did, ranked, flattened and pseudonymised, and an index of the ids seen at each location. */
package dev.lakehouse.activity;
