package dev.lakehouse.load;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.source.files.TextFiles;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Rows that are delivered more than once. A row's status depends only on the stored rows and on the order of the input,
 * so a run that is repeated after a stop gives the same result.
 */
public final class Deduplication {
    private static final String PLACE = "_place";
    private static final String STORED = "_stored";
    private static final String FIRST = "_first";

    /** The status of a delivered row. */
    public enum Status {
        /** The first delivery of its key. It is not stored yet. */
        NEW,
        /** The first delivery of its key. It is already stored. */
        STORED,
        /** Delivered before, with the same content. */
        REPEATED,
        /** Delivered before, with other content. */
        CONFLICT;

        /** The column of a row's status: {@code STRING}. */
        public static final String COLUMN = "_status";

        /** The condition that a row has this status. */
        public Column is() {
            return col(COLUMN).equalTo(name());
        }
    }

    private final List<String> key;

    private Deduplication(List<String> key) {
        this.key = key;
    }

    /** Rows with the same values in these columns are deliveries of one row. */
    public static Deduplication of(List<String> key) {
        return new Deduplication(key);
    }

    /** The first row of each key in the given order. */
    public Dataset<Row> firsts(Dataset<Row> rows, Column... order) {
        return rows.withColumn(PLACE, row_number().over(byKey().orderBy(order)))
                .where(col(PLACE).equalTo(1))
                .drop(PLACE);
    }

    /**
     * Adds {@link Status#COLUMN} with NEW, REPEATED or CONFLICT.
     *
     * @param delivered rows with {@code _file, _line}, whose order decides which of one key is the first
     * @param content the values that a repetition has in common with the first
     */
    public Dataset<Row> statuses(Dataset<Row> delivered, Column content) {
        return statuses(delivered, content, delivered.limit(0));
    }

    /**
     * Adds {@link Status#COLUMN}, computed from the delivered and the stored rows.
     *
     * @param delivered rows with {@code _file, _line}, whose order decides which of one key is the first
     * @param content the values that are equal in a repetition; columns of both the delivered and the stored rows
     * @param stored rows with {@code _file, _line}: at least all rows whose key is among the delivered keys
     */
    public Dataset<Row> statuses(Dataset<Row> delivered, Column content, Dataset<Row> stored) {
        Column place = struct(TextFiles.FILE, TextFiles.LINE);
        Dataset<Row> known = stored.select(Columns.and(
                Columns.named(key),
                struct(content.as("content"), place.as("place")).as(STORED)));
        Column firstContent = coalesce(col(STORED + ".content"), col(FIRST));
        return delivered
                .join(known, key.toArray(String[]::new), "left")
                .withColumn(FIRST, first(content).over(inputOrder()))
                .withColumn(PLACE, row_number().over(inputOrder()))
                .withColumn(
                        Status.COLUMN,
                        when(not(content.eqNullSafe(firstContent)), Status.CONFLICT.name())
                                .when(col(STORED + ".place").equalTo(place), Status.STORED.name())
                                .when(col(STORED).isNull().and(col(PLACE).equalTo(1)), Status.NEW.name())
                                .otherwise(Status.REPEATED.name()))
                .drop(STORED, FIRST, PLACE);
    }

    private WindowSpec byKey() {
        return Window.partitionBy(Columns.named(key));
    }

    private WindowSpec inputOrder() {
        return byKey().orderBy(TextFiles.FILE, TextFiles.LINE);
    }
}
