package dev.lakehouse.load;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Validates rows by expectations. A bad row keeps all its reasons, so it can be corrected at the source in one step.
 */
public final class Quality {
    /** The column that {@link #validate} adds: {@code ARRAY<STRING> NOT NULL}, empty for a good row. */
    public static final String REASONS = "_reasons";

    private Quality() {}

    /** The rows with the column {@link #REASONS}. */
    public static Dataset<Row> validate(Dataset<Row> rows, List<Expectation> expectations) {
        return rows.withColumn(REASONS, reasons(expectations));
    }

    /**
     * The rows with the column {@link #REASONS}. A row with faults of form has only these reasons: the content of a
     * line that is not JSON, for example, cannot be validated.
     *
     * @param form the faults of the row's form, an ARRAY of STRING that is not NULL; if there are any, the content is
     *     not validated
     */
    public static Dataset<Row> validate(Dataset<Row> rows, Column form, List<Expectation> content) {
        return rows.withColumn(REASONS, when(size(form).gt(0), form).otherwise(reasons(content)));
    }

    /** The reasons of the expectations that a row breaks: ARRAY of STRING, not NULL. */
    public static Column reasons(List<Expectation> expectations) {
        Column none = array().cast("array<string>");
        if (expectations.isEmpty()) {
            return none;
        }
        Column[] broken = expectations.stream()
                .map(expectation -> when(not(isMet(expectation)), lit(expectation.reason())))
                .toArray(Column[]::new);
        Column isGood =
                expectations.stream().map(Quality::isMet).reduce(Column::and).orElseThrow();
        // Most rows are good, and Spark filters arrays slowly.
        return when(isGood, none).otherwise(array_compact(array(broken)));
    }

    private static Column isMet(Expectation expectation) {
        return coalesce(expr(expectation.condition()), lit(false));
    }

    /** The good rows of validated rows, without the column {@link #REASONS}. */
    public static Dataset<Row> accepted(Dataset<Row> validated) {
        return validated.where(size(col(REASONS)).equalTo(0)).drop(REASONS);
    }

    /** The bad rows of validated rows, with the column {@link #REASONS}. */
    public static Dataset<Row> quarantined(Dataset<Row> validated) {
        return validated.where(size(col(REASONS)).gt(0));
    }
}
