package dev.lakehouse.votes;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.source.files.TextFiles;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What becomes of a line that holds a vote. It follows from what is stored and from the order of the input alone, so that
 * a run after a stop comes to the same.
 */
enum Fate {
    /** The first delivery of its Id, to be stored. */
    NEW,
    /** The first delivery of its Id, which is stored already. */
    STORED,
    /** Delivered before, with the same content. */
    REPEATED,
    /** Delivered before, with other content. */
    CONFLICT;

    /** The column that {@link #of} adds. */
    static final String COLUMN = "_fate";

    private static final Column CONTENT =
            struct(col("post_id"), col("vote_type_id"), col("creation_date"), col("user_id"), col("bounty_amount"));

    /** A condition over the column. */
    Column is() {
        return col(COLUMN).equalTo(name());
    }

    /**
     * Tells the fate of votes.
     *
     * @param delivered votes with {@code _file, _line}, whose order decides which of one Id is the first
     * @param stored rows of the table, at least all that have an Id of these
     */
    static Dataset<Row> of(Dataset<Row> delivered, Dataset<Row> stored) {
        WindowSpec inOrder = Window.partitionBy("id").orderBy(TextFiles.FILE, TextFiles.LINE);
        Dataset<Row> known = stored.select(
                col("id"),
                struct(CONTENT.as("content"), col(TextFiles.FILE), col(TextFiles.LINE))
                        .as("_known"));
        Column isTheKnown = col("_known." + TextFiles.FILE)
                .equalTo(col(TextFiles.FILE))
                .and(col("_known." + TextFiles.LINE).equalTo(col(TextFiles.LINE)));
        Column holds = coalesce(col("_known.content"), col("_first"));
        return delivered
                .join(known, new String[] {"id"}, "left")
                .withColumn("_first", first(CONTENT).over(inOrder))
                .withColumn("_place", row_number().over(inOrder))
                .withColumn(
                        COLUMN,
                        when(not(CONTENT.eqNullSafe(holds)), CONFLICT.name())
                                .when(isTheKnown, STORED.name())
                                .when(col("_known").isNull().and(col("_place").equalTo(1)), NEW.name())
                                .otherwise(REPEATED.name()))
                .drop("_known", "_first", "_place");
    }
}
