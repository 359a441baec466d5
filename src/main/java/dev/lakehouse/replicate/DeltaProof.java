package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RangeSum;
import dev.lakehouse.spark.SqlText;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.Arrays;
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

    static DeltaProof of(Manifest manifest, List<ColumnDefinition> columns) {
        return new DeltaProof(manifest, columns);
    }

    /**
     * Counts the rows of the target and sums their checksums, computed again from the columns.
     *
     * @param accepted the accepted rows of the extract
     * @param quarantined the quarantined rows of the extract
     * @param stale how many rows of the target are kept in place of quarantined rows
     */
    void check(
            TaskContext context,
            TargetTable target,
            ValidationCounts counts,
            Dataset<Row> accepted,
            Dataset<Row> quarantined,
            long stale) {
        Dataset<Row> current = target.rows();
        long kept = 0;
        if (counts.quarantined().rows() > 0) {
            String[] key = manifest.key().toArray(String[]::new);
            Dataset<Row> keys = quarantined.select(Arrays.stream(key)
                    .map(name -> col(SqlText.identifier(name)))
                    .toArray(Column[]::new));
            kept = current.join(keys, key, "left_semi").count();
            current = current.join(keys, key, "left_anti");
        }
        Column checksum = manifest.rowFormat(columns).checksum(context.session());
        RangeSum wanted = leftOut().isEmpty() ? counts.accepted() : RangeSum.of(accepted, checksum);
        RangeSum found = RangeSum.of(current, checksum);
        if (!found.equals(wanted) || kept != stale) {
            throw new UserError(
                    target.name() + " does not contain what was loaded.",
                    "It has " + Report.rows(found.rows()) + " and " + kept + " stale ones; the extract has "
                            + Report.rows(wanted.rows()) + " and " + stale
                            + ", or their checksums differ. Another writer changes the table.",
                    "Find the writer by DESCRIBE HISTORY " + target.name() + ", stop it, then run the load again.");
        }
        context.report()
                .line(
                        "proof",
                        target.name() + " = accepted + stale: " + Report.rows(found.rows()) + " + " + stale
                                + ", checksum " + found.checksum()
                                + (leftOut().isEmpty() ? "" : ", without the columns left out: " + leftOut()));
    }

    private String leftOut() {
        return manifest.definitions().stream()
                .filter(column -> !columns.contains(column))
                .map(ColumnDefinition::name)
                .collect(Collectors.joining(", "));
    }
}
