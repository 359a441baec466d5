package dev.lakehouse.activity;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode_outer;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.load.Deduplication;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.source.files.TextFiles;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The transformations of the product, each from rows to rows. Columns that are not named here are unchanged. */
final class ActivityTransforms {
    static final String RANK = "age_group_rank";
    static final String WIDGET_POSITION = "_widget_position";

    private static final String IS_RANKED = "_is_ranked";

    private ActivityTransforms() {}

    /**
     * The first of the rows with the same {@code id} and {@code created_at}, in the order of {@code _file} and
     * {@code _line}.
     */
    static Dataset<Row> deduplicated(Dataset<Row> rows) {
        return Deduplication.of(List.of("id", "created_at")).firsts(rows, col(TextFiles.FILE), col(TextFiles.LINE));
    }

    /**
     * Adds {@code age_group_rank}: 1 for the highest {@code user_score} of an age group, with equal ranks and gaps for
     * equal scores. NULL if score or age group is missing, or the score is not a number.
     */
    static Dataset<Row> ranked(Dataset<Row> rows) {
        Column isRanked =
                col("age_group").isNotNull().and(col("user_score").isNotNull()).and(not(isnan(col("user_score"))));
        // Rows without a rank are a separate group, because NaN would rank above every number.
        Column rank = rank().over(Window.partitionBy(col("age_group"), col(IS_RANKED))
                .orderBy(col("user_score").desc()));
        return rows.withColumn(IS_RANKED, isRanked)
                .withColumn(RANK, when(col(IS_RANKED), rank))
                .drop(IS_RANKED);
    }

    /** {@code id, email, age_group} of the rows with rank 1, sorted by age group and id. */
    static Dataset<Row> best(Dataset<Row> ranked) {
        return ranked.where(col(RANK).equalTo(1))
                .select("id", "email", "age_group")
                .orderBy("age_group", "id", "email");
    }

    /**
     * One row for each element of {@code widget_list}, which then contains only that element. A row whose list is empty
     * or NULL is unchanged. Adds {@code _widget_position}: from 1, or 0 without a widget.
     */
    static Dataset<Row> flattened(Dataset<Row> rows) {
        return rows.select(col("*"), posexplode_outer(col("widget_list")).as(new String[] {"_position", "_widget"}))
                .withColumn(
                        "widget_list",
                        when(col("_position").isNull(), col("widget_list")).otherwise(array(col("_widget"))))
                .withColumn(
                        WIDGET_POSITION,
                        when(col("_position").isNull(), lit(0))
                                .otherwise(col("_position").plus(1)))
                .drop("_position", "_widget");
    }

    /** Adds {@code widget_name} and {@code widget_amount} of a flattened row's only widget, NULL if there is none. */
    static Dataset<Row> withWidget(Dataset<Row> flattened) {
        Column widget = when(col(WIDGET_POSITION).gt(0), col("widget_list").getItem(0));
        return flattened
                .withColumn("widget_name", widget.getField("name"))
                .withColumn("widget_amount", widget.getField("amount"));
    }

    /** The rows with pseudonyms in place of {@code email}. */
    static Dataset<Row> pseudonymised(Dataset<Row> rows, Pseudonyms pseudonyms) {
        return rows.withColumn("email", pseudonyms.of(col("email")));
    }
}
