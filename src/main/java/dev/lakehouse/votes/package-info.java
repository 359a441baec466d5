/** The votes product: ingests delivered files of votes, each vote once, and shows the weeks with unusually many or few. */
package dev.lakehouse.votes;
