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
 * Rows validated by expectations: every row keeps all the reasons for which it is not good, so that a row is
 * corrected at the source once.
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
     * The rows with the column {@link #REASONS}. What is wrong in its form has those reasons only: nothing can be said of
     * the content of, for example, a line that is no JSON.
     *
     * @param form what is wrong with the row's form, an ARRAY of STRING that is not NULL; a row that has any of these has no
     *     others
     */
    public static Dataset<Row> validate(Dataset<Row> rows, Column form, List<Expectation> content) {
        return rows.withColumn(REASONS, when(size(form).gt(0), form).otherwise(reasons(content)));
    }

    /** The reasons of the expectations that a row breaks: ARRAY of STRING, not NULL. */
    public static Column reasons(List<Expectation> expectations) {
        Column[] broken = expectations.stream()
                .map(expectation ->
                        when(not(coalesce(expr(expectation.condition()), lit(false))), lit(expectation.reason())))
                .toArray(Column[]::new);
        return broken.length == 0 ? array().cast("array<string>") : array_compact(array(broken));
    }

    /** Of validated rows the good ones, without the column {@link #REASONS}. */
    public static Dataset<Row> accepted(Dataset<Row> validated) {
        return validated.where(size(col(REASONS)).equalTo(0)).drop(REASONS);
    }

    /** Of validated rows those for quarantine, with the column {@link #REASONS}. */
    public static Dataset<Row> quarantined(Dataset<Row> validated) {
        return validated.where(size(col(REASONS)).gt(0));
    }
}
