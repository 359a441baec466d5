package dev.lakehouse.replicate;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.load.Expectation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The limits and policies of a load.
 *
 * @param policy what happens to new columns
 * @param deletePercent the share of the target's rows that an extract may delete
 * @param acceptedDeletes the number of deletions that is accepted although it exceeds that share; 0 for none
 * @param latestDay the latest valid date at the instant of the extract
 * @param expectations the expectations of the rows, for a given latest date
 */
record LoadRules(
        SchemaPolicy policy,
        int deletePercent,
        long acceptedDeletes,
        LatestDay latestDay,
        Function<LocalDate, List<Expectation>> expectations) {

    List<Expectation> expectations(Manifest manifest) {
        return expectations.apply(latestDay.at(Instant.parse(manifest.snapshotAt())));
    }

    /** A source that loses many rows at once is more often damaged than correct. */
    void checkDeletes(String target, long rowsBefore, long deleted) {
        if (deleted * 100 > rowsBefore * deletePercent && deleted > acceptedDeletes) {
            throw new ExtractRejectedException(
                    String.format(
                            Locale.ROOT,
                            "The load would delete %,d of the %,d rows of %s.",
                            deleted,
                            rowsBefore,
                            target),
                    "That is more than " + deletePercent + " %. These rows are in the table but not in the extract.",
                    "Check the source. If the rows were deleted on purpose, load with --accept-deletes "
                            + deleted + " (in workflows --set accept_deletes=" + deleted
                            + ", on Databricks --params accept_deletes=" + deleted + ").");
        }
    }
}
