package dev.lakehouse.extract;

import dev.lakehouse.UserError;
import dev.lakehouse.source.mysql.ColumnDefinition;
import dev.lakehouse.source.mysql.RowFormat;
import dev.lakehouse.source.mysql.SourceTable;
import dev.lakehouse.spark.RowExpression;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The file layout of an extract: zstd Parquet, partitioned by an expression, and sorted within each file, or in runs where
 * its rows exceed the memory of a Spark task, so that readers can skip parts of it by their statistics.
 *
 * @param partition name and Spark SQL expression of the partition column, as {@code name=expression}; empty for none
 * @param sort the columns that files are sorted by
 */
record FileLayout(Optional<Partition> partition, List<String> sort) {

    /** A partition column and its expression. */
    record Partition(String name, String expression) {}

    /** Reads the options. */
    static FileLayout of(String partition, List<String> sort) {
        if (partition.isEmpty()) {
            return new FileLayout(Optional.empty(), sort);
        }
        int equals = partition.indexOf('=');
        if (equals < 1 || equals == partition.length() - 1) {
            throw new UserError(
                    "'" + partition + "' is not a partition definition.",
                    "A partition column needs a name and an expression that computes it.",
                    "Give NAME=EXPRESSION, for example registration_year=year(registration_date).");
        }
        return new FileLayout(
                Optional.of(new Partition(partition.substring(0, equals), partition.substring(equals + 1))), sort);
    }

    /** Refuses a layout that does not fit the table, before rows are read. */
    void check(SparkSession session, SourceTable table, RowFormat format) {
        checkSort(table);
        checkPartition(session, table, format);
    }

    /** Refuses columns to sort by that the table does not have. */
    void checkSort(SourceTable table) {
        List<String> names = names(table);
        for (String column : sort) {
            if (names.stream().noneMatch(column::equalsIgnoreCase)) {
                throw new UserError(
                        "The files cannot be sorted by '" + column + "'.",
                        "The table has no such column.",
                        "Name one of " + String.join(", ", names) + ".");
            }
            if (isMasked(table, column)) {
                throw new UserError(
                        "The files cannot be sorted by '" + column + "'.",
                        "The column is masked, and the order of its values would reveal something about them.",
                        "Remove it from --sort or from --mask.");
            }
        }
    }

    private static boolean isMasked(SourceTable table, String column) {
        return table.columns().stream()
                .anyMatch(other -> other.name().equalsIgnoreCase(column)
                        && table.mask(other).isPresent());
    }

    private static List<String> names(SourceTable table) {
        return table.columns().stream().map(ColumnDefinition::name).toList();
    }

    /** Refuses a partition column that collides with another one, and an expression that the table's columns do not allow. */
    void checkPartition(SparkSession session, SourceTable table, RowFormat format) {
        List<String> names = names(table);
        partition.ifPresent(p -> {
            if (names.stream().anyMatch(p.name()::equalsIgnoreCase)) {
                throw new UserError(
                        "The partition column cannot be called '" + p.name() + "'.",
                        "The table has a column of that name, which the files also contain.",
                        "Choose another name in NAME=EXPRESSION.");
            }
            if (TechnicalColumns.isReserved(p.name())) {
                throw new UserError(
                        "The partition column cannot be called '" + p.name() + "'.",
                        "The name is reserved for a technical column.",
                        "Choose another name in NAME=EXPRESSION.");
            }
            StructType all = visible(format.schema());
            PartitionCheck.of(session, p, table.name(), all).run();
            if (table.hasMasks()) {
                StructType clear = new StructType(Arrays.stream(all.fields())
                        .filter(field -> !isMasked(table, field.name()))
                        .toArray(StructField[]::new));
                checkInClear(PartitionCheck.of(session, p, table.name(), clear), p, table);
            }
        });
    }

    private static void checkInClear(PartitionCheck check, Partition partition, SourceTable table) {
        try {
            check.run();
        } catch (UserError e) {
            throw new UserError(
                    "Table '" + table.name() + "' cannot be partitioned by " + partition.name() + "="
                            + partition.expression() + ".",
                    "The expression uses a masked column, and folders are named by its values.",
                    "Correct --partition, or remove the column from --mask.",
                    e);
        }
    }

    /** The columns as a partition expression sees them: of an array its bytes, because no text can be cast to an array. */
    private static StructType visible(StructType schema) {
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> field.dataType() instanceof ArrayType
                        ? DataTypes.createStructField(field.name(), DataTypes.BinaryType, true)
                        : field)
                .toArray(StructField[]::new));
    }

    /** The positions of the columns that files are sorted by. */
    List<Integer> sortedBy(StructType schema) {
        List<String> names = Arrays.stream(schema.fieldNames())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        return sort.stream()
                .map(column -> names.indexOf(column.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Computes the partition folder of a row; null without a partition. */
    RowExpression folder(SparkSession session, StructType schema) {
        return partition
                .map(p -> RowExpression.folder(session, visible(schema), p.name(), p.expression()))
                .orElse(null);
    }
}
