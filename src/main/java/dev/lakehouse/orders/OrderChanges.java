package dev.lakehouse.orders;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What changed in {@code orders.orders} since a table that follows it was brought up to date. Such a table keeps in its
 * rows, in {@link #VERSION}, the version that they follow from; the highest of them is where it stands, because one commit
 * brings it from one version to another. So nothing has to be remembered elsewhere, and a stop at any moment is harmless.
 *
 * @param version the version of orders up to which these are the changes
 * @param rows {@code order_id}, {@code old} and {@code now}: the order as it was and as it is, each NULL where there was or
 *     is none
 * @param areAll whether these are all orders, because the changes are not kept any more
 */
record OrderChanges(long version, Dataset<Row> rows, boolean areAll) {
    static final String VERSION = "_orders_version";

    /** Delta's feed keeps changes as long as VACUUM keeps files that are not used any more, 7 days. */
    private static final Duration KEPT = Duration.ofDays(6);

    /** Commits of maintenance, which change no order. */
    private static final String CHANGES_ORDERS =
            "operation NOT IN ('OPTIMIZE', 'VACUUM START', 'VACUUM END', 'SET TBLPROPERTIES', 'ADD CONSTRAINT')";

    private static final Column IS_NEW_STATE = col("_change_type").isin("insert", "update_postimage");
    private static final Column ORDER = struct("customer_id", "timestamp", "amount", "order_lines");

    /** The changes that a table has not followed yet; empty where it stands at the last of them. */
    static Optional<OrderChanges> notFollowedBy(Dataset<Row> follower, Instant now) {
        SparkSession session = follower.sparkSession();
        long stands = follower.agg(coalesce(max(VERSION), lit(0L))).head().getLong(0);
        long last = history(session, 1).head().getLong(0);
        Dataset<Row> missed = history(session, Math.max(1, last - stands))
                .where(col("version").gt(stands))
                .where(CHANGES_ORDERS);
        Row found = missed.agg(count_if(col("timestamp").lt(lit(now.minus(KEPT)))), count(lit(1)), max("version"))
                .head();
        if (found.getLong(1) == 0) {
            return Optional.empty();
        }
        long version = found.getLong(2);
        return Optional.of(found.getLong(0) == 0 ? since(session, stands, version) : all(session, version));
    }

    /** The last commits of orders. */
    private static Dataset<Row> history(SparkSession session, long commits) {
        return session.sql("DESCRIBE HISTORY " + OrderTables.ORDERS.sql() + " LIMIT " + commits);
    }

    private static OrderChanges since(SparkSession session, long after, long last) {
        Dataset<Row> feed = session.read()
                .option("readChangeFeed", "true")
                .option("startingVersion", after + 1)
                .option("endingVersion", last)
                .table(OrderTables.ORDERS.sql());
        // Of one commit the state before comes before the state after.
        Column at = struct(col("_commit_version"), IS_NEW_STATE);
        Dataset<Row> net = feed.groupBy("order_id")
                .agg(
                        min_by(when(IS_NEW_STATE, lit(null)).otherwise(ORDER), at)
                                .as("old"),
                        max_by(when(IS_NEW_STATE, ORDER), at).as("now"));
        return new OrderChanges(last, net, false);
    }

    private static OrderChanges all(SparkSession session, long version) {
        Dataset<Row> orders = session.read().option("versionAsOf", version).table(OrderTables.ORDERS.sql());
        Dataset<Row> rows =
                orders.select(col("order_id"), when(lit(false), ORDER).as("old"), ORDER.as("now"));
        return new OrderChanges(version, rows, true);
    }
}
