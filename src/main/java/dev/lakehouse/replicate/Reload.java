package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.extract.Landing;
import dev.lakehouse.ledger.Measure;
import dev.lakehouse.ledger.TaskRun.Result;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Decides whether the newest extract, which was loaded before, has to be loaded once more. The extract itself is not read.
 *
 * @param loaded the extract that was loaded last
 */
record Reload(Landing landing, TargetTable target, LoadRules rules, TargetTable.Loaded loaded) {
    /**
     * Either why the extract has to be loaded once more, or the result of a load that has nothing to do.
     *
     * @param reason empty if the target and its quarantine are as a load would leave them
     */
    record Finding(Optional<String> reason, Result nothing) {}

    Finding find() {
        if (loaded.proof().isEmpty()) {
            return because("no load of it is known to be complete");
        }
        Optional<LoadProof> valid = loaded.proof().get().stillValid(target);
        if (valid.isEmpty()) {
            return because("the table or its quarantine was changed since it was proven");
        }
        if (valid.get().rules() != rules.fingerprint()) {
            return because("the rules of the load have changed");
        }
        Row quarantined = validated(target.quarantine());
        if (quarantined.getLong(1) > 0) {
            return because("rows in quarantine meet other expectations by now");
        }
        Result nothing = Result.none()
                .table(target.name())
                .extract(loaded.number())
                .count(Measure.ROWS_READ, 0)
                .count(Measure.ROWS_WRITTEN, 0)
                .count(Measure.ROWS_INSERTED, 0)
                .count(Measure.ROWS_UPDATED, 0)
                .count(Measure.ROWS_DELETED, 0)
                .count(Measure.ROWS_QUARANTINED, quarantined.getLong(0));
        return new Finding(Optional.empty(), valid.get().in(nothing));
    }

    private static Finding because(String reason) {
        return new Finding(Optional.of(reason), Result.none());
    }

    /** How many rows are in quarantine, and how many of them have other reasons by now: some expectations depend on the day. */
    private Row validated(TargetTable quarantine) {
        if (!quarantine.exists()) {
            return RowFactory.create(0L, 0L);
        }
        Dataset<Row> rows = quarantine.rows();
        Column differs = rules.hasOtherReasons(landing.provenAt(landing.manifest(loaded.number())));
        return rows.agg(count(lit(1)), count(when(canBeComputed(rows, differs) ? differs : lit(false), 1)))
                .head();
    }

    /** Whether the quarantine has all columns of the expectations. It gets new ones with the next row that is quarantined. */
    private static boolean canBeComputed(Dataset<Row> rows, Column condition) {
        try {
            rows.select(condition).schema();
            return true;
        } catch (Exception e) { // Spark throws checked ones undeclared
            return false;
        }
    }
}
