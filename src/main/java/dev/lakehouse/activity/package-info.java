/** The product activity: what users did, ranked, flattened and pseudonymised, and an index of who was seen where. */
package dev.lakehouse.activity;
