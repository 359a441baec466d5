package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Target;
import dev.lakehouse.table.Commit;
import dev.lakehouse.task.TaskContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The changes of {@code orders.orders} since a table that follows it was last updated. The metadata of an update's
 * commit contains the version of orders that it follows. If nothing had to change, there is no commit, and the same
 * changes are read again. So no other state is needed, and a stop at any time is harmless.
 *
 * @param position the source version of the commit that follows these changes
 * @param rows {@code order_id}, {@code old} and {@code now}: the old and the new state of the order, NULL if there is
 *     none
 * @param areAll whether these are all orders, because the table has no position or the changes are no longer available
 */
record OrderChanges(String position, Dataset<Row> rows, boolean areAll) {
    /** Delta's change data feed is available as long as VACUUM keeps unused files, which is 7 days. */
    private static final Duration KEPT = Duration.ofDays(6);

    /** Operations that change no order. */
    private static final Set<String> KEEPS_ORDERS =
            Set.of("OPTIMIZE", "VACUUM START", "VACUUM END", "SET TBLPROPERTIES", "ADD CONSTRAINT");

    /** How many commits of orders are read: more than a batch and the maintenance before it make. */
    private static final int RECENT = 10;

    /** A table that has missed more commits than this follows all orders again. */
    private static final int MOST_MISSED = 1000;

    /** After so many commits, the size of the table is asked for again. */
    private static final int MEASURED_EVERY = 50;

    private static final Column IS_NEW_STATE = col("_change_type").isin("insert", "update_postimage");
    private static final Column ORDER = struct("customer_id", "timestamp", "amount", "order_lines");

    /**
     * The state of the table of orders at one time.
     *
     * @param table its id, because another table of that name has other versions
     * @param measuredVersion the version at which its size was asked for
     * @param bytes its size at that version
     * @param recent its last commits, the newest first
     */
    record State(String table, long measuredVersion, long bytes, List<Commit> recent) {
        static State of(TaskContext context) {
            Row detail = context.session()
                    .sql("DESCRIBE DETAIL " + OrderTables.ORDERS.name().sql())
                    .select("id", "sizeInBytes")
                    .head();
            List<Commit> recent = history(context, RECENT);
            return new State(detail.getString(0), recent.get(0).version(), detail.getLong(1), recent);
        }

        /**
         * The state after this one. It is of the same table if this one's last commit is among the recent ones. The size is
         * that of this one, unless it is too old.
         */
        State next(TaskContext context) {
            List<Commit> later = history(context, RECENT);
            boolean isSame = later.contains(recent.get(0));
            return isSame && later.get(0).version() < measuredVersion + MEASURED_EVERY
                    ? new State(table, measuredVersion, bytes, later)
                    : of(context);
        }

        /** The version of its last commit. */
        long version() {
            return recent.get(0).version();
        }

        /** The commits after a version, the newest first. */
        private List<Commit> since(TaskContext context, long version) {
            long number = version() - version;
            return (number < RECENT ? recent : history(context, number + RECENT))
                    .stream().filter(commit -> commit.version() > version).toList();
        }

        private String position(long at) {
            return table + " " + at;
        }

        /** Negative if the position belongs to another table. */
        private long read(String position) {
            return position.startsWith(table + " ") ? Long.parseLong(position.substring(table.length() + 1)) : -1;
        }
    }

    /**
     * The changes that a table has not followed yet; empty if it is up to date.
     *
     * @param context with the session that reads them
     */
    static Optional<OrderChanges> notFollowedBy(TaskContext context, Target follower, State orders) {
        SparkSession session = context.session();
        long stands = orders.read(follower.sourceVersion());
        // Another stream may be further ahead meanwhile.
        if (stands >= orders.version()) {
            return Optional.empty();
        }
        if (stands < 0 || orders.version() - stands > MOST_MISSED || follower.wasEmptied()) {
            return Optional.of(all(session, orders));
        }
        List<Commit> missed = orders.since(context, stands).stream()
                .filter(commit -> !KEEPS_ORDERS.contains(commit.operation()))
                .toList();
        if (missed.isEmpty()) {
            return Optional.empty();
        }
        Instant oldest = context.clock().instant().minus(KEPT);
        return Optional.of(
                missed.stream().allMatch(commit -> commit.at().isAfter(oldest))
                        ? since(session, orders, stands, missed.get(0).version())
                        : all(session, orders));
    }

    private static List<Commit> history(TaskContext context, long commits) {
        return context.tables().newestCommits(OrderTables.ORDERS.name(), commits);
    }

    private static OrderChanges since(SparkSession session, State state, long after, long last) {
        Dataset<Row> feed = session.read()
                .option("readChangeFeed", "true")
                .option("startingVersion", after + 1)
                .option("endingVersion", last)
                .table(OrderTables.ORDERS.name().sql());
        // Within a commit, the old state is before the new state.
        Column at = struct(col("_commit_version"), IS_NEW_STATE);
        Dataset<Row> net = feed.groupBy("order_id")
                .agg(
                        min_by(when(IS_NEW_STATE, lit(null)).otherwise(ORDER), at)
                                .as("old"),
                        max_by(when(IS_NEW_STATE, ORDER), at).as("now"));
        return new OrderChanges(state.position(last), net, false);
    }

    /** All orders. */
    static OrderChanges all(SparkSession session, State state) {
        Dataset<Row> orders = session.read()
                .option("versionAsOf", state.version())
                .table(OrderTables.ORDERS.name().sql());
        Dataset<Row> rows =
                orders.select(col("order_id"), when(lit(false), ORDER).as("old"), ORDER.as("now"));
        return new OrderChanges(state.position(state.version()), rows, true);
    }
}
