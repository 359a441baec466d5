package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.Sha256;
import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.load.Expectation;
import dev.lakehouse.load.Quality;
import dev.lakehouse.source.mysql.RowFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
    private static final String NOT_IN_THE_CALENDAR = "not in the calendar: ";

    /** @param at the instant at which the rows were in the source */
    private List<Expectation> expectations(Instant at) {
        return expectations.apply(latestDay.at(at));
    }

    /**
     * Validates rows of an extract. A row with dates that are not in the calendar is not validated further, because these are NULL
     * in it.
     *
     * @return the rows with {@link Quality#REASONS}
     */
    Dataset<Row> validate(Dataset<Row> rows, Instant at) {
        if (!List.of(rows.columns()).contains(RowFormat.INVALID_DATES)) {
            return Quality.validate(rows, expectations(at));
        }
        Column dates = col(RowFormat.INVALID_DATES);
        Column faults = when(dates.isNotNull(), array(concat(lit(NOT_IN_THE_CALENDAR), dates)))
                .otherwise(array().cast("array<string>"));
        return Quality.validate(rows, faults, expectations(at));
    }

    /** Whether quarantined rows would have other reasons than their {@link Quality#REASONS}. The extract alone knows their dates. */
    Column hasOtherReasons(Instant at) {
        Column reasons = col(Quality.REASONS);
        return not(reasons.eqNullSafe(Quality.reasons(expectations(at))))
                .and(not(coalesce(reasons.getItem(0).startsWith(NOT_IN_THE_CALENDAR), lit(false))));
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
                            + ", on Databricks --params accept_deletes=" + deleted
                            + "; for a whole database also the parameter tables, with this table only).");
        }
    }
}
