package dev.lakehouse.replicate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lakehouse.extract.ExtractRejectedException;
import dev.lakehouse.extract.Manifest;
import dev.lakehouse.spark.SqlText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a target demands of its rows. Delta checks it when rows are written, which is after the columns have changed. A load that
 * changes columns therefore checks it first, so that a refused one leaves the table as it was.
 *
 * @param notNull columns that are NOT NULL in the target but may be NULL in the source
 * @param checks the conditions of its CHECK constraints
 */
record TargetConstraints(TargetTable target, List<String> notNull, List<String> checks) {
    private static final String CHECK = "delta.constraints.";

    /** As they are after a change of the columns. */
    static TargetConstraints of(TargetTable target, Manifest manifest, SchemaChange change) {
        Set<String> nullable = names(manifest.schema(), StructField::nullable);
        change.relaxed().forEach(field -> nullable.remove(field.name()));
        List<String> notNull = names(target.schema(), field -> !field.nullable()).stream()
                .filter(nullable::contains)
                .toList();
        List<String> checks = target.properties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(CHECK))
                .map(Map.Entry::getValue)
                .toList();
        return new TargetConstraints(target, notNull, checks);
    }

    private static Set<String> names(StructType schema, Predicate<StructField> condition) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Arrays.stream(schema.fields()).filter(condition).map(StructField::name).forEach(names::add);
        return names;
    }

    /** Refuses rows that Delta would not write. */
    void check(Dataset<Row> rows) {
        Stream<Column> violations = Stream.concat(
                notNull.stream().map(name -> col(SqlText.identifier(name)).isNull()),
                // As in Delta, a condition that is NULL does not hold.
                checks.stream().map(condition -> not(coalesce(expr(condition), lit(false)))));
        if (violations
                .reduce(Column::or)
                .filter(violated -> !rows.where(violated).isEmpty())
                .isPresent()) {
            throw new ExtractRejectedException(
                    "The load contains rows that " + target.name() + " does not allow.",
                    "They violate a CHECK or NOT NULL constraint of the table, and no expectation quarantines them.",
                    fix());
        }
    }

    /** What to do about rows that violate them. */
    String fix() {
        List<String> statements = notNull.stream().map(target.columns()::relax).toList();
        return "Correct the rows at the source, relax the constraint, or add an expectation."
                + (notNull.isEmpty()
                        ? ""
                        : " This allows NULL in the columns that may be NULL in the source:"
                                + target.columns().script(statements, false));
    }
}
