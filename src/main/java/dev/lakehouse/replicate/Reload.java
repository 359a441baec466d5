package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.extract.Landing;
import dev.lakehouse.load.Quality;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Decides whether the newest extract, which was loaded before, has to be loaded once more. The extract itself is not read.
 *
 * @param loaded the extract that was loaded last
 */
record Reload(Landing landing, TargetTable target, LoadRules rules, TargetTable.Loaded loaded) {

    /**
     * @param reason why the extract has to be loaded once more; empty if the target and its quarantine are as a load would
     *     leave them
     * @param quarantined the rows in quarantine, where no other reason was found before they were counted
     */
    record Finding(Optional<String> reason, long quarantined) {}

    Finding find() {
        TargetTable quarantine = target.quarantine();
        boolean hasQuarantine = quarantine.exists();
        if (!loaded.isProven()) {
            return because("its load was not completed");
        }
        if (!loaded.isWhole()) {
            return because("others have changed " + target.name() + " since");
        }
        if (hasQuarantine && !quarantine.isWhole()) {
            return because("others have changed " + quarantine.name() + " since");
        }
        if (!rules.areThoseOf(target)) {
            return because("the rules of the load have changed");
        }
        return hasQuarantine ? validated(quarantine) : new Finding(Optional.empty(), 0);
    }

    private static Finding because(String reason) {
        return new Finding(Optional.of(reason), 0);
    }

    /** Some expectations depend on the day. */
    private Finding validated(TargetTable quarantine) {
        Column reasons = Quality.reasons(rules.expectations(landing.provenAt(landing.manifest(loaded.number()))));
        Row counts = quarantine
                .rows()
                .agg(count(lit(1)), count(when(not(col(Quality.REASONS).eqNullSafe(reasons)), 1)))
                .head();
        return counts.getLong(1) > 0
                ? because("rows in quarantine meet other expectations by now")
                : new Finding(Optional.empty(), counts.getLong(0));
    }
}
