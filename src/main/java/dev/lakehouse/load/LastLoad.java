package dev.lakehouse.load;

import dev.lakehouse.table.Commit;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The commit of the last load of a table. If none is found, it is the table's last commit, without a source version.
 *
 * @param version of the load's commit
 * @param sourceVersion what the load brought its table up to, as a text of its own
 * @param isCurrent whether the table still has the rows that it had after that commit
 */
record LastLoad(long version, String sourceVersion, boolean isCurrent) {
    /** How many of the newest commits are read first: one of them is mostly a load's, and each costs a request. */
    static final int FEW = 5;

    static final int MANY = 100;

    /** How commits of loads begin their metadata; homes of earlier versions have it too. */
    private static final String LOAD = "lakehouse load ";

    /** The newest commit if it is a load's, which it mostly is; otherwise {@link #FEW}, if there are as many. */
    static List<Commit> newestCommits(Tables tables, TableName table) {
        List<Commit> newest = tables.newestCommits(table, 1);
        return isLoad(newest.get(0)) ? newest : tables.newestCommits(table, FEW);
    }

    /**
     * Searches a table's history.
     *
     * @param newest its {@link #newestCommits}
     */
    static LastLoad of(Tables tables, TableName table, List<Commit> newest) {
        long tableVersion = newest.get(0).version();
        return in(newest)
                .or(() -> newest.size() < FEW
                        ? Optional.empty()
                        : in(tables.newestCommits(table, MANY).stream()
                                .filter(commit -> commit.version() <= tableVersion)
                                .toList()))
                .orElse(new LastLoad(tableVersion, "", false));
    }

    private static Optional<LastLoad> in(List<Commit> newestFirst) {
        return IntStream.range(0, newestFirst.size())
                .filter(i -> isLoad(newestFirst.get(i)))
                .mapToObj(i -> new LastLoad(
                        newestFirst.get(i).version(),
                        newestFirst.get(i).metadata().replaceFirst("^" + LOAD + "\\S+ ?", ""),
                        newestFirst.subList(0, i).stream().allMatch(Commit::keepsRows)))
                .findFirst();
    }

    private static boolean isLoad(Commit commit) {
        return commit.metadata().startsWith(LOAD);
    }

    /** A text that identifies one commit. */
    static String newCommitTag() {
        return LOAD + UUID.randomUUID();
    }

    /** Whether the table has a commit with this tag. */
    static boolean isCommitted(Tables tables, TableName table, String commitTag) {
        return IntStream.of(1, FEW, MANY).anyMatch(most -> tables.newestCommits(table, most).stream()
                .anyMatch(commit -> commit.metadata().startsWith(commitTag)));
    }
}
