package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.UserError;
import dev.lakehouse.task.Report;
import dev.lakehouse.task.TaskContext;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** That a target holds, after a load, what the extract has accepted, and besides it only stale rows. */
final class DeltaProof {
    private DeltaProof() {}

    /**
     * Counts the target and sums up its row checksums, computed anew from its columns.
     *
     * @param quarantined the extract's rows that were not accepted
     * @param stale how many rows of the target are kept for them
     */
    static void check(
            TaskContext context,
            TargetTable target,
            Manifest manifest,
            Judgement judgement,
            Dataset<Row> quarantined,
            long stale) {
        Dataset<Row> current = target.rows();
        long kept = 0;
        if (judgement.quarantined().rows() > 0) {
            String[] key = manifest.key().toArray(String[]::new);
            Dataset<Row> keys = quarantined.select(
                    Arrays.stream(key).map(name -> col(Sql.quoted(name))).toArray(Column[]::new));
            kept = current.join(keys, key, "left_semi").count();
            current = current.join(keys, key, "left_anti");
        }
        RangeSum found = RangeSum.of(current, checksum(manifest.definitions(), target.schema()));
        if (!found.equals(judgement.accepted()) || kept != stale) {
            throw new UserError(
                    target.name() + " does not hold what was loaded.",
                    "It has " + Report.rows(found.rows()) + " and " + kept + " stale ones where the extract has "
                            + Report.rows(judgement.accepted().rows()) + " and " + stale
                            + ", or their checksums differ: something else writes to the table.",
                    "Find the writer by DESCRIBE HISTORY " + target.name() + ", then load a new extract.");
        }
        context.report()
                .line(
                        "proof",
                        target.name() + " = accepted + stale: " + Report.rows(found.rows()) + " + " + stale
                                + ", checksum " + found.checksum());
    }

    /**
     * The row checksum over a target's columns. Where the target does not have all columns of the source, the checksum
     * of the whole row is only known from the extract.
     */
    static Column checksum(List<ColumnDefinition> source, StructType target) {
        List<String> present = List.of(target.fieldNames());
        boolean whole = source.stream().allMatch(column -> present.contains(column.name()));
        return whole ? RowFormat.of("", source).checksum() : col(RowFormat.CHECKSUM);
    }
}
