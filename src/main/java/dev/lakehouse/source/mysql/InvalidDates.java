package dev.lakehouse.source.mysql;

/** What an extract does about dates and times that are not in the calendar, such as 0000-00-00 or 2024-02-00. */
public enum InvalidDates {
    /** It fails, and names the column and some keys. */
    REFUSE,
    /** They are copied as NULL, and counted. Those of a key are refused. */
    NULL,
    /** The same, and a load quarantines their rows, with the dates in the reasons. */
    QUARANTINE
}
