package dev.lakehouse.votes;

import dev.lakehouse.source.files.TextFiles;
import dev.lakehouse.table.TableName;
import java.util.List;

/** The tables of votes; their columns are described in {@code schemas/blog_analysis}. */
final class VoteTables {
    static final TableName VOTES = new TableName("blog_analysis", "votes");
    static final TableName QUARANTINE = new TableName("blog_analysis", "votes_quarantine");
    static final TableName FILES = new TableName("blog_analysis", "ingested_files");
    static final TableName OUTLIER_WEEKS = new TableName("blog_analysis", "outlier_weeks");

    static final List<String> VOTES_KEY = List.of("id");
    static final List<String> QUARANTINE_KEY = List.of(TextFiles.FILE, TextFiles.LINE);
    static final List<String> FILES_KEY = List.of(TextFiles.FILE);

    private VoteTables() {}
}
