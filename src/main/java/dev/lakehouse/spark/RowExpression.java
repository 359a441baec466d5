package dev.lakehouse.spark;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Computes a partition folder row by row, in Spark tasks that hold rows of their own: from an expression of Spark SQL, with
 * Spark's analyzer and evaluation, so that it has the value that a Dataset would have. Not for several threads.
 */
public final class RowExpression implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_KNOWN = 100;

    private final String name;
    private final List<Expression[]> projections;
    private final int[] used;
    private final int columns;
    private final Map<UTF8String, String> known = new HashMap<>();

    private RowExpression(String name, List<Expression[]> projections, int[] used, int columns) {
        this.name = name;
        this.projections = projections;
        this.used = used;
        this.columns = columns;
    }

    /**
     * Analyzes a partition expression, which must be deterministic.
     *
     * @param schema the row's columns with their types; they arrive as texts that can be cast to these
     * @param name the partition column's name
     */
    public static RowExpression folder(SparkSession session, StructType schema, String name, String expression) {
        StructType texts = new StructType(Arrays.stream(schema.fields())
                .map(field -> DataTypes.createStructField(field.name(), DataTypes.StringType, true))
                .toArray(StructField[]::new));
        // Not an empty list, whose projections the optimizer would evaluate at once.
        Dataset<Row> rows = session.createDataFrame(
                JavaSparkContext.fromSparkContext(session.sparkContext()).emptyRDD(), texts);
        Dataset<Row> folder = rows.select(Arrays.stream(schema.fields())
                        .map(field -> functions
                                .col(SqlText.identifier(field.name()))
                                .cast(field.dataType())
                                .as(field.name()))
                        .toArray(Column[]::new))
                .select(functions.expr(expression).cast(DataTypes.StringType).as(name));
        LogicalPlan plan = ((org.apache.spark.sql.classic.Dataset<Row>) folder)
                .queryExecution()
                .optimizedPlan();
        Deque<Expression[]> projections = new ArrayDeque<>();
        int[] used = {};
        for (; plan instanceof Project project; plan = project.child()) {
            List<Attribute> input = CollectionConverters.asJava(project.child().output());
            List<Expression> list = CollectionConverters.asJava(project.projectList()).stream()
                    .map(Expression.class::cast)
                    .toList();
            used = list.stream()
                    .flatMap(e -> CollectionConverters.asJava(e.references().toSeq()).stream())
                    .mapToInt(attribute -> position(input, attribute))
                    .distinct()
                    .toArray();
            projections.push(list.stream()
                    .map(e -> BindReferences.bindReference(
                            e, package$.MODULE$.AttributeSeq(project.child().output()), false))
                    .toArray(Expression[]::new));
        }
        if (projections.isEmpty() || !plan.children().isEmpty()) {
            throw new IllegalStateException("Not a projection: " + expression);
        }
        return new RowExpression(name, List.copyOf(projections), used, schema.size());
    }

    private static int position(List<Attribute> input, Attribute attribute) {
        for (int i = 0; i < input.size(); i++) {
            if (input.get(i).exprId().equals(attribute.exprId())) {
                return i;
            }
        }
        throw new IllegalStateException(attribute.sql() + " is not in its input");
    }

    /**
     * The folder of a row, such as {@code year=2025}, escaped as by Spark.
     *
     * @param texts the row's values as texts, null for NULL
     */
    public String of(byte[][] texts) {
        if (used.length != 1 || (texts[used[0]] != null && texts[used[0]].length > LONGEST_KNOWN)) {
            return computed(texts);
        }
        UTF8String only = UTF8String.fromBytes(texts[used[0]]);
        String folder = known.get(only);
        if (folder == null) {
            if (known.size() == REMEMBERED) {
                known.clear();
            }
            folder = computed(texts);
            known.put(only, folder);
        }
        return folder;
    }

    private String computed(byte[][] texts) {
        Object[] values = new Object[columns];
        for (int column : used) {
            values[column] = UTF8String.fromBytes(texts[column]);
        }
        for (Expression[] projection : projections) {
            GenericInternalRow row = new GenericInternalRow(values);
            values = Arrays.stream(projection).map(e -> e.eval(row)).toArray();
        }
        return ExternalCatalogUtils.getPartitionPathString(name, values[0] == null ? null : values[0].toString());
    }
}
