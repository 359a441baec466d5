package dev.lakehouse.activity;

import dev.lakehouse.table.TableName;

/** The tables of the product. */
final class ActivityTables {
    static final TableName USER_ACTIVITY = new TableName("activity", "user_activity");
    static final TableName LOCATION_INDEX = new TableName("activity", "location_index");
    static final TableName QUARANTINE = new TableName("activity", "activity_quarantine");

    private ActivityTables() {}
}
