package dev.lakehouse.activity;

/** How a run prints e-mail addresses. The log and the ledger never contain them. */
enum ReportedEmail {
    /** Unchanged; for runs on a user's own machine. */
    PLAIN,
    /** As in the table; for jobs whose output others may read. */
    PSEUDONYM
}
