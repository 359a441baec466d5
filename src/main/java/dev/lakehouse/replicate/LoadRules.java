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
 * What a load allows.
 *
 * @param policy what happens to new columns
 * @param deletePercent the share of the target's rows that an extract may delete
 * @param acceptedDeletes the number of deletions that is accepted beyond that share; 0 for none
 * @param latestDay which day the extract's instant is to the business
 * @param expectations what good rows fulfil, by that day
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

    /** A source that lost many rows at once is more often broken than right. */
    void checkDeletes(String target, long rowsBefore, long deleted) {
        if (deleted * 100 > rowsBefore * deletePercent && deleted > acceptedDeletes) {
            throw new ExtractRejectedException(
                    String.format(
                            Locale.ROOT,
                            "The load would delete %,d of the %,d rows of %s.",
                            deleted,
                            rowsBefore,
                            target),
                    "That is more than " + deletePercent + " %: they are in the table and not in the extract.",
                    "Check the source. If the rows are meant to go, load with --accept-deletes " + deleted + ".");
        }
    }
}
