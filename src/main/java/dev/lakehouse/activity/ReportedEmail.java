package dev.lakehouse.activity;

/** How addresses stand in what a run prints; they never stand in the log or in the ledger. */
enum ReportedEmail {
    /** As they are: for whoever runs it on a machine of their own. */
    PLAIN,
    /** As in the table: where others may read what a job prints. */
    PSEUDONYM
}
