package dev.lakehouse.load;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The commit of the last load of a table. Where none can be found it is the table's last commit, without a source version.
 *
 * @param version of the load's commit
 * @param sourceVersion what the load brought its table up to, as a text of its own
 */
record LastLoad(long version, String sourceVersion) {
    /** How commits of loads begin their metadata; homes of earlier versions have it too. */
    private static final String LOAD = "lakehouse load ";

    /** How many commits are searched: the first few are mostly enough, and each costs a request. */
    private static final List<Integer> SEARCHED_COMMITS = List.of(5, 100);

    /**
     * Searches the history.
     *
     * @param tableVersion commits after this version are ignored
     */
    static LastLoad upTo(SparkSession session, TableName table, long tableVersion) {
        for (int commits : SEARCHED_COMMITS) {
            Optional<Row> load = history(session, table, commits)
                    .where(col("version")
                            .leq(tableVersion)
                            .and(col("userMetadata").startsWith(LOAD)))
                    .select("version", "userMetadata")
                    .orderBy(col("version").desc())
                    .limit(1)
                    .collectAsList()
                    .stream()
                    .findFirst();
            if (load.isPresent()) {
                String sourceVersion = load.get().getString(1).replaceFirst("^" + LOAD + "\\S+ ?", "");
                return new LastLoad(load.get().getLong(0), sourceVersion);
            }
        }
        return new LastLoad(tableVersion, "");
    }

    /** A text by which one commit is found again. */
    static String newCommitTag() {
        return LOAD + UUID.randomUUID();
    }

    /** Whether a commit with this tag is in the table. */
    static boolean isCommitted(SparkSession session, TableName table, String commitTag) {
        return SEARCHED_COMMITS.stream().anyMatch(commits -> !history(session, table, commits)
                .where(col("userMetadata").startsWith(commitTag))
                .isEmpty());
    }

    static long tableVersion(SparkSession session, TableName table) {
        return history(session, table, 1).head().getLong(0);
    }

    private static Dataset<Row> history(SparkSession session, TableName table, int commits) {
        return session.sql("DESCRIBE HISTORY " + table.sql() + " LIMIT " + commits);
    }
}
