package dev.lakehouse.remote;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.unbase64;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a statement as sent by a warehouse: all values as text, nested values as JSON, bytes as Base64.
 *
 * @param rows with a value for each column; null for NULL
 */
public record StatementResult(List<ResultColumn> columns, List<String[]> rows) {
    /**
     * A column.
     *
     * @param type in SQL, such as {@code DECIMAL(10,2)}; empty if unknown
     */
    public record ResultColumn(String name, String type) {}

    /** The same rows with their types and column names. Columns of types that Spark does not have stay text. */
    public Dataset<Row> in(SparkSession session) {
        StructType texts = new StructType();
        for (int i = 0; i < columns.size(); i++) {
            texts = texts.add("c" + i, DataTypes.StringType);
        }
        List<Row> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(RowFactory.create((Object[]) row)));
        Column[] typed = new Column[columns.size()];
        for (int i = 0; i < typed.length; i++) {
            ResultColumn column = columns.get(i);
            typed[i] = typed(col("c" + i), type(column.type())).as(column.name());
        }
        return session.createDataFrame(values, texts).select(typed);
    }

    private static Column typed(Column text, DataType type) {
        if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
            return from_json(text, type, Map.of());
        }
        return type.equals(DataTypes.BinaryType) ? unbase64(text) : text.cast(type);
    }

    private static DataType type(String sql) {
        // No type, or VOID, the type of a column of NULLs: text cannot be cast to it.
        if (sql.isEmpty() || sql.toUpperCase(Locale.ROOT).equals("VOID")) {
            return DataTypes.StringType;
        }
        try {
            return DataType.fromDDL(sql);
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            return DataTypes.StringType;
        }
    }
}
