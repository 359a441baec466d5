package dev.lakehouse.ledger;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * One row of the ledger.
 *
 * @param runId the id of the workflow's run
 * @param task the task's name
 * @param startedAt when the task began
 * @param duration how long it took
 * @param outcome how it ended
 * @param result the result
 * @param message the message of a failure; never a secret or a personal value
 */
public record TaskRun(
        String runId,
        String task,
        Instant startedAt,
        Duration duration,
        Outcome outcome,
        Result result,
        Optional<String> message) {

    /** How a task run ended. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        /** The task succeeded and found that source and table differ. */
        DIFFERS,
        /** The extract was refused, and a newer one was loaded instead. */
        SUPERSEDED
    }

    /**
     * The result of a task run.
     *
     * @param table the table that it read or wrote
     * @param extract the extract's number
     * @param checksum the exact sum of row checksums of what was read or written
     * @param measures the counts; a measure that the task does not count is missing
     */
    public record Result(
            Optional<String> table,
            Optional<Long> extract,
            Optional<BigDecimal> checksum,
            Map<Measure, Long> measures) {

        /** An empty result. */
        public static Result none() {
            return new Result(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        }

        public Result table(Object name) {
            return new Result(Optional.of(name.toString()), extract, checksum, measures);
        }

        public Result extract(long number) {
            return new Result(table, Optional.of(number), checksum, measures);
        }

        public Result checksum(BigDecimal sum) {
            return new Result(table, extract, Optional.of(sum), measures);
        }

        public Result count(Measure measure, long value) {
            Map<Measure, Long> more = new EnumMap<>(Measure.class);
            more.putAll(measures);
            more.put(measure, value);
            return new Result(table, extract, checksum, more);
        }
    }

    Instant endedAt() {
        return startedAt.plus(duration);
    }

    /** In the order of {@link Ledger#SCHEMA}. */
    Row row() {
        Measure[] all = Measure.values();
        Object[] values = new Object[9 + all.length];
        values[0] = runId;
        values[1] = task;
        values[2] = result.table().orElse(null);
        values[3] = result.extract().orElse(null);
        // Spark Connect's client takes no Instant in a Row.
        values[4] = Timestamp.from(startedAt);
        values[5] = duration.toMillis();
        values[6] = outcome.name().toLowerCase(Locale.ROOT);
        for (int i = 0; i < all.length; i++) {
            values[7 + i] = result.measures().get(all[i]);
        }
        values[7 + all.length] = result.checksum().orElse(null);
        values[8 + all.length] = message.orElse(null);
        return RowFactory.create(values);
    }
}
