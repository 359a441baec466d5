package dev.lakehouse.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the rows of one table travel from MySQL to Spark, and their checksum on both sides.
 *
 * <p><b>Row checksum</b>: the first 64 bits, as a signed BIGINT, of SHA-256 over the row's text: per column {@code N} for
 * NULL, else {@code <octets>:<UTF-8 text>}, one after the other in the table's order. The lengths make the text
 * unambiguous; {@link TypeMapping} has the text form of each type. Sums of checksums are exact (DECIMAL).
 */
final class RowFormat {
    /** The row checksum beside a row: {@code BIGINT NOT NULL}. */
    static final String CHECKSUM = "_row_checksum";

    /** The number of the key range that a row was read by, from 0: {@code INT NOT NULL}. */
    static final String RANGE = "_range";

    private final List<ColumnDefinition> columns;
    private final List<TypeMapping> mappings;

    private RowFormat(List<ColumnDefinition> columns, List<TypeMapping> mappings) {
        this.columns = columns;
        this.mappings = mappings;
    }

    /** The format of a table; a column of a type that is not mapped is a {@link dev.lakehouse.UserError}. */
    static RowFormat of(String table, List<ColumnDefinition> columns) {
        return new RowFormat(
                columns,
                columns.stream().map(column -> TypeMapping.of(table, column)).toList());
    }

    /** The source's columns and types in Spark. */
    StructType schema() {
        return new StructType(IntStream.range(0, columns.size())
                .mapToObj(i -> DataTypes.createStructField(
                        columns.get(i).name(), mappings.get(i).sparkType(), true))
                .toArray(StructField[]::new));
    }

    /** The schema of an extract's files: the source's columns, {@link #CHECKSUM} and {@link #RANGE}. */
    StructType fileSchema() {
        return schema().add(CHECKSUM, DataTypes.LongType).add(RANGE, DataTypes.IntegerType);
    }

    /** MySQL's select list that sends a row: every value as its text form, under the column's name. */
    String textColumns() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> mappings.get(i).mysqlText() + " AS "
                        + Sql.quoted(columns.get(i).name()))
                .collect(Collectors.joining(", "));
    }

    /** MySQL's expression of the row checksum. */
    String mysqlChecksum() {
        // A binary string among its parts makes the whole text binary: no two collations can clash in it.
        String text = mappings.stream()
                .map(TypeMapping::mysqlText)
                .map(form -> "IFNULL(CONCAT(LENGTH(" + form + "), _binary':', " + form + "), 'N')")
                .collect(Collectors.joining(", ", "CONCAT(_binary'', ", ")"));
        return "CAST(CONV(LEFT(SHA2(" + text + ", 256), 16), 16, -10) AS SIGNED)";
    }

    /**
     * Rows as they travel to rows as they are kept.
     *
     * @param texts the columns as {@link #textColumns()} sends them, all STRING, and others
     * @return the same rows with the source's columns in {@link #schema()}'s types, the others as they were, and
     *     {@link #CHECKSUM} computed from the typed values
     */
    Dataset<Row> decode(Dataset<Row> texts) {
        Map<String, Column> typed = new HashMap<>();
        for (StructField field : schema().fields()) {
            typed.put(field.name(), column(field.name()).cast(field.dataType()).as(field.name()));
        }
        Column[] all = Arrays.stream(texts.columns())
                .map(name -> typed.getOrDefault(name, column(name)))
                .toArray(Column[]::new);
        return texts.select(all).withColumn(CHECKSUM, checksum());
    }

    /** Spark's row checksum, computed from all the source's columns. */
    Column checksum() {
        Column[] parts = IntStream.range(0, columns.size())
                .mapToObj(i ->
                        mappings.get(i).sparkText().apply(column(columns.get(i).name())))
                .map(form -> coalesce(concat(octet_length(form), lit(":"), form), lit("N")))
                .toArray(Column[]::new);
        Column digits = substring(sha2(concat(parts).cast(DataTypes.BinaryType), 256), 1, 16);
        return conv(digits, 16, -10).cast(DataTypes.LongType);
    }

    private static Column column(String name) {
        return col(Sql.quoted(name));
    }
}
