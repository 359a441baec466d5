/** Delivered files of votes. */
package dev.lakehouse.sample.votes;
