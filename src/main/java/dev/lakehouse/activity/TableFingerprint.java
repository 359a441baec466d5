package dev.lakehouse.activity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakehouse.load.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Compares the rows of two tables in any order, by their number and the exact sum of their 64-bit hashes. */
record TableFingerprint(long rows, BigDecimal checksum) {

    /** The fingerprint of some columns in any order. */
    static TableFingerprint of(Dataset<Row> table, List<String> columns) {
        StructType schema = table.schema();
        Column[] parts = columns.stream()
                .sorted()
                .map(column -> schema.fields()[schema.fieldIndex(column)])
                .flatMap(field -> parts(field).stream())
                .toArray(Column[]::new);
        Row totals = table.agg(
                        count(lit(1)),
                        coalesce(
                                sum(xxhash64(parts).cast(DataTypes.createDecimalType(20, 0))),
                                lit(BigDecimal.ZERO).cast(DataTypes.createDecimalType(30, 0))))
                .head();
        return new TableFingerprint(totals.getLong(0), totals.getDecimal(1));
    }

    /** The hash ignores NULLs, so whether a value is NULL is hashed as well: (a, NULL) differs from (NULL, a). */
    private static List<Column> parts(StructField field) {
        Column value = Columns.named(field.name());
        boolean isNested = field.dataType() instanceof ArrayType array && array.elementType() instanceof StructType;
        List<Column> parts = new ArrayList<>(
                Arrays.asList(isNested ? to_json(value, Map.of("ignoreNullFields", "false")) : value, value.isNull()));
        if (field.dataType() instanceof ArrayType) {
            parts.add(size(value));
        }
        return parts;
    }
}
