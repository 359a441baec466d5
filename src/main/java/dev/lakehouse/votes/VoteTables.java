package dev.lakehouse.votes;

import dev.lakehouse.load.KeyedTable;
import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.table.TableName;

/** The tables of votes; their columns are described in {@code schemas/blog_analysis}. */
final class VoteTables {
    static final KeyedTable VOTES = KeyedTable.of("blog_analysis", "votes", "id");
    static final KeyedTable QUARANTINE =
            KeyedTable.of("blog_analysis", "votes_quarantine", TextFiles.FILE, TextFiles.LINE);
    static final KeyedTable FILES = KeyedTable.of("blog_analysis", "ingested_files", TextFiles.FILE);
    static final TableName OUTLIER_WEEKS = new TableName("blog_analysis", "outlier_weeks");

    private VoteTables() {}
}
