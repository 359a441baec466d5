package dev.lakehouse.extract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.transform;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/**
 * Checks that a partition expression is deterministic and computes one value from the columns of one row. Spark
 * analyzes it over an empty Dataset of the table's columns, so no row is read.
 */
record PartitionCheck(FileLayout.Partition partition, String table, Dataset<Row> empty) {

    static PartitionCheck of(SparkSession session, FileLayout.Partition partition, String table, StructType schema) {
        return new PartitionCheck(partition, table, session.createDataFrame(List.<Row>of(), schema));
    }

    void run() {
        // Next to the columns themselves, aggregates and generators are not allowed.
        DataType type = analyzed(() -> empty.withColumn(partition.name(), value()), this::cause)
                .apply(partition.name())
                .dataType();
        if (isNoPartition(type)) {
            throw refused("Its type is " + type.sql() + ", but a folder is named by a single value.", null);
        }
        // A join condition allows neither window functions nor nondeterministic expressions. The other side has no
        // columns, because one could have a name that the expression uses.
        analyzed(
                () -> empty.join(empty.sparkSession().range(0).select(), value().isNotNull()),
                e -> "It may give another value when it is computed again, or it depends on other rows.");
        // A function over the elements of an array allows no subquery.
        analyzed(
                () -> empty.select(transform(array(lit(1)), element -> value())),
                e -> "It reads rows other than its own.");
    }

    private Column value() {
        return expr(partition.expression());
    }

    private StructType analyzed(Supplier<Dataset<Row>> rows, Function<SparkThrowable, String> cause) {
        try {
            return rows.get().schema();
        } catch (Exception e) { // also AnalysisException, which Spark throws undeclared
            if (e instanceof SparkThrowable spark) {
                throw refused(cause.apply(spark), e);
            }
            throw e;
        }
    }

    private static boolean isNoPartition(DataType type) {
        return type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof VariantType
                || type instanceof BinaryType
                || type instanceof NullType;
    }

    private String cause(SparkThrowable e) {
        String condition = String.valueOf(e.getCondition());
        Map<String, String> parameters = e.getMessageParameters();
        String name = parameters
                .getOrDefault("objectName", parameters.getOrDefault("routineName", ""))
                .replaceAll("^`|`$", "")
                .replace("``", "`");
        if (condition.startsWith("UNRESOLVED_COLUMN")) {
            return "It uses the column '" + name + "', which table '" + table + "' does not have.";
        }
        if (condition.startsWith("UNRESOLVED_ROUTINE")) {
            return "It uses the function '" + name + "', which Spark does not have.";
        }
        if (condition.startsWith("PARSE")) {
            return "It is not an expression of Spark SQL.";
        }
        return "Spark cannot compute it from the columns of one row: " + condition + ".";
    }

    private UserError refused(String cause, Exception origin) {
        return new UserError(
                "Table '" + table + "' cannot be partitioned by " + partition.name() + "=" + partition.expression()
                        + ".",
                cause,
                "Correct --partition: give an expression over the columns " + String.join(", ", empty.columns()) + ","
                        + " or leave it empty for one folder.",
                origin);
    }
}
