/**
 * The votes product: ingests delivered files of votes, each vote once, and finds weeks with unusually many or few
 * votes.
 */
package dev.lakehouse.votes;
