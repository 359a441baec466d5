package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.load.Columns;
import dev.lakehouse.load.Quality;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Proves after a load that a target contains exactly the accepted rows of the extract and the stale rows.
 *
 * @param manifest the extract's
 * @param columns the columns that are proven: the source's, without those that the schema policy leaves out
 */
record DeltaProof(Manifest manifest, List<ColumnDefinition> columns) {
    private static final String COMPUTED = "_computed";

    /** Up to this many quarantined keys are broadcast; beyond that Spark sorts both sides by key. */
    private static final long MOST_SENT = 100_000;

    static DeltaProof of(Manifest manifest, List<ColumnDefinition> columns) {
        return new DeltaProof(manifest, columns);
    }

    /**
     * Counts the rows of the target and sums their checksums, computed again from the columns.
     *
     * @param accepted the accepted rows of the extract
     * @param quarantined the quarantined rows of the extract, with their key and {@code _reasons}
     * @param stale how many rows of the target are kept in place of quarantined rows
     */
    void check(
            TaskContext context,
            TargetTable target,
            ValidationCounts counts,
            Dataset<Row> accepted,
            Dataset<Row> quarantined,
            long stale) {
        Column checksum = manifest.rowFormat(columns).checksum(context.session());
        RangeSum wanted = leftOut().isEmpty() ? counts.accepted() : RangeSum.of(accepted, checksum);
        RangeSum found;
        long kept = 0;
        // Without a key no row is kept in place of a quarantined one.
        if (counts.quarantined().rows() == 0 || !manifest.hasKey()) {
            found = RangeSum.of(target.rows(), checksum);
        } else {
            Row sums = withReasons(target.rows(), counts, quarantined)
                    .withColumn(COMPUTED, checksum)
                    .agg(
                            count(when(col(Quality.REASONS).isNull(), 1)),
                            RangeSum.exactSum(when(col(Quality.REASONS).isNull(), col(COMPUTED))),
                            count(Quality.REASONS))
                    .head();
            found = new RangeSum(sums.getLong(0), sums.getDecimal(1));
            kept = sums.getLong(2);
        }
        if (!found.equals(wanted) || kept != stale) {
            throw new UserError(
                    target.name() + " does not contain what was loaded.",
                    "It has " + Report.rows(found.rows()) + " and " + kept + " stale ones; the extract has "
                            + Report.rows(wanted.rows()) + " and " + stale
                            + ", or their checksums differ. Another writer is changing the table.",
                    "Find the writer with DESCRIBE HISTORY " + target.name() + ", stop it, then run the load again.");
        }
        context.report()
                .line(
                        "proof",
                        target.name() + " = accepted + stale: " + Report.rows(found.rows()) + " + " + stale
                                + ", checksum " + found.checksum()
                                + (leftOut().isEmpty() ? "" : ", without the columns left out: " + leftOut()));
    }

    /** The rows of the target, with the {@code _reasons} of quarantined keys and NULL for all others. */
    private Dataset<Row> withReasons(Dataset<Row> rows, ValidationCounts counts, Dataset<Row> quarantined) {
        Dataset<Row> keys = quarantined.select(Columns.and(Columns.named(manifest.key()), col(Quality.REASONS)));
        return rows.join(
                counts.quarantined().rows() > MOST_SENT ? keys : broadcast(keys),
                manifest.key().toArray(String[]::new),
                "left_outer");
    }

    private String leftOut() {
        return manifest.definitions().stream()
                .filter(column -> !columns.contains(column))
                .map(ColumnDefinition::name)
                .collect(Collectors.joining(", "));
    }
}
