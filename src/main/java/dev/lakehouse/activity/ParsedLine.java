package dev.lakehouse.activity;

import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The result of parsing a line: values, or the reasons why it is not accepted.
 *
 * @param createdAtMicros microseconds since 1970 (UTC)
 * @param revenueWasRounded whether the line has more than two decimals
 * @param widgets null if the list is null or missing
 */
record ParsedLine(
        List<String> reasons,
        String id,
        String email,
        Integer ageGroup,
        Double userScore,
        BigDecimal revenue,
        boolean revenueWasRounded,
        List<Widget> widgets,
        String location,
        Long createdAtMicros) {

    static final String CREATED_AT_MICROS = "created_at_micros";
    static final String REVENUE_WAS_ROUNDED = "revenue_was_rounded";

    private static final DataType WIDGETS = DataTypes.createArrayType(
            new StructType().add("name", DataTypes.StringType).add("amount", DataTypes.DoubleType));

    /** The columns of {@link #row()}. */
    static final StructType SCHEMA = new StructType()
            .add("reasons", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("id", DataTypes.StringType)
            .add("email", DataTypes.StringType)
            .add("age_group", DataTypes.IntegerType)
            .add("user_score", DataTypes.DoubleType)
            .add("revenue", DataTypes.createDecimalType(18, 2))
            .add(REVENUE_WAS_ROUNDED, DataTypes.BooleanType, false)
            .add("widget_list", WIDGETS)
            .add("location", DataTypes.StringType)
            .add(CREATED_AT_MICROS, DataTypes.LongType);

    /** An element of the list; both values may be missing, and so may the element. */
    record Widget(String name, Double amount) {}

    /** A line without values, and the reason. */
    static ParsedLine bad(String reason) {
        return new ParsedLine(List.of(reason), null, null, null, null, null, false, null, null, null);
    }

    Row row() {
        Row[] list = widgets == null
                ? null
                : widgets.stream()
                        .map(widget -> widget == null ? null : RowFactory.create(widget.name(), widget.amount()))
                        .toArray(Row[]::new);
        return RowFactory.create(
                reasons.toArray(String[]::new),
                id,
                email,
                ageGroup,
                userScore,
                revenue,
                revenueWasRounded,
                list,
                location,
                createdAtMicros);
    }
}
