package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

    /** Excludes maintenance commits, which change no order. */
    private static final String CHANGES_ORDERS =
            "operation NOT IN ('OPTIMIZE', 'VACUUM START', 'VACUUM END', 'SET TBLPROPERTIES', 'ADD CONSTRAINT')";

    /** The number of commits that others may make between two reads of the history. */
    private static final int MEANWHILE = 10;

    private static final Column IS_NEW_STATE = col("_change_type").isin("insert", "update_postimage");
    private static final Column ORDER = struct("customer_id", "timestamp", "amount", "order_lines");

    /**
     * The state of the table of orders at one time.
     *
     * @param table its id, because another table of that name has other versions
     * @param version of its last commit
     */
    record State(String table, long version) {
        static State of(SparkSession session) {
            String table = session.sql(
                            "DESCRIBE DETAIL " + OrderTables.ORDERS.name().sql())
                    .select("id")
                    .head()
                    .getString(0);
            return new State(table, history(session, 1).head().getLong(0));
        }

        private String position(long at) {
            return table + " " + at;
        }

        /** Negative if the position belongs to another table. */
        private long read(String position) {
            return position.startsWith(table + " ") ? Long.parseLong(position.substring(table.length() + 1)) : -1;
        }
    }

    /** The changes that a table has not followed yet; empty if it is up to date. */
    static Optional<OrderChanges> notFollowedBy(Target follower, State orders, Instant now) {
        SparkSession session = follower.rows().sparkSession();
        long stands = orders.read(follower.sourceVersion());
        // Another stream may be further ahead meanwhile.
        if (stands >= orders.version()) {
            return Optional.empty();
        }
        if (stands < 0 || follower.rows().isEmpty()) {
            return Optional.of(all(session, orders));
        }
        Dataset<Row> missed = history(session, orders.version() - stands + MEANWHILE)
                .where(col("version").gt(stands))
                .where(CHANGES_ORDERS);
        Row found = missed.agg(count_if(col("timestamp").lt(lit(now.minus(KEPT)))), count(lit(1)), max("version"))
                .head();
        if (found.getLong(1) == 0) {
            return Optional.empty();
        }
        return Optional.of(
                found.getLong(0) == 0 ? since(session, orders, stands, found.getLong(2)) : all(session, orders));
    }

    /** The last commits of orders. */
    private static Dataset<Row> history(SparkSession session, long commits) {
        return session.sql("DESCRIBE HISTORY " + OrderTables.ORDERS.name().sql() + " LIMIT " + commits);
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
