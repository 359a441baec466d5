package dev.lakehouse.replicate;

import dev.lakehouse.Sha256;
import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.load.Expectation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
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

    /** @param at the instant at which the rows were in the source */
    List<Expectation> expectations(Instant at) {
        return expectations.apply(latestDay.at(at));
    }

    /** Identifies what decides which rows are accepted and which columns are loaded. It does not depend on the day. */
    long fingerprint() {
        // A record's text has all its values.
        String all =
                List.of(policy, latestDay, expectations.apply(LocalDate.EPOCH)).toString();
        return HexFormat.fromHexDigitsToLong(Sha256.hex(all), 0, Long.BYTES * 2);
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
