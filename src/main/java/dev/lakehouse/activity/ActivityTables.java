package dev.lakehouse.activity;

import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.source.files.TextFiles;

/** The tables of the product; their columns are described in {@code schemas/activity}. */
final class ActivityTables {
    static final KeyedTable USER_ACTIVITY = KeyedTable.of(
                    "activity", "user_activity", "id", "created_at", ActivityTransforms.WIDGET_POSITION)
            .sortedBy("created_at", "id", ActivityTransforms.WIDGET_POSITION);
    static final KeyedTable LOCATION_INDEX = KeyedTable.of("activity", "location_index", "location");
    static final KeyedTable QUARANTINE =
            KeyedTable.of("activity", "activity_quarantine", TextFiles.FILE, TextFiles.LINE);

    private ActivityTables() {}
}
