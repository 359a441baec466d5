package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;

import dev.lakehouse.spark.SqlText;
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
 * unambiguous; {@link TypeMapping} has the text form of each type. Of a type without a limit (TEXT and larger) it is {@code H}
 * and the SHA-256 of the text form: MySQL's CONCAT gives NULL for more than {@code max_allowed_packet}, and what is left is
 * bounded by its limit of 64 KB a row. Sums of checksums are exact (DECIMAL).
 */
public final class RowFormat {
    /** The row checksum beside a row: {@code BIGINT NOT NULL}. */
    public static final String CHECKSUM = "_row_checksum";

    /** The number of the key range that a row was read by, from 0: {@code INT NOT NULL}. */
    public static final String RANGE = "_range";

    /** The form of the row checksum that this class describes, as manifests name it. */
    public static final int FORM = 2;

    /** The form of extracts whose manifest names none: the text form of every type is in the row's text. */
    public static final int FIRST_FORM = 1;

    private final List<ColumnDefinition> columns;
    private final List<TypeMapping> mappings;
    private final int form;

    private RowFormat(List<ColumnDefinition> columns, List<TypeMapping> mappings, int form) {
        this.columns = columns;
        this.mappings = mappings;
        this.form = form;
    }

    /** The format of a table; columns of types that are not mapped are a {@link dev.lakehouse.UserError} that names them. */
    public static RowFormat of(String table, List<ColumnDefinition> columns) {
        return of(table, columns, FORM);
    }

    /** The same with an earlier form of the row checksum, which only Spark computes. */
    public static RowFormat of(String table, List<ColumnDefinition> columns, int form) {
        TypeMapping.refuseUnsupported(table, columns);
        return new RowFormat(columns, columns.stream().map(TypeMapping::of).toList(), form);
    }

    /** The source's columns and types in Spark. */
    public StructType schema() {
        return new StructType(IntStream.range(0, columns.size())
                .mapToObj(i -> DataTypes.createStructField(
                        columns.get(i).name(), mappings.get(i).sparkType(), true))
                .toArray(StructField[]::new));
    }

    /** The schema of an extract's files: the source's columns, {@link #CHECKSUM} and {@link #RANGE}. */
    public StructType fileSchema() {
        return schema().add(CHECKSUM, DataTypes.LongType).add(RANGE, DataTypes.IntegerType);
    }

    /** MySQL's select list that sends a row: every value as its text form, under the column's name. */
    String textColumns() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> mappings.get(i).mysqlText() + " AS "
                        + SqlText.identifier(columns.get(i).name()))
                .collect(Collectors.joining(", "));
    }

    /** MySQL's expression of the row checksum; NULL where MySQL cannot give the text form of one of the values. */
    String mysqlChecksum() {
        // A binary string among its parts makes the whole text binary: no two collations can clash in it.
        String text = IntStream.range(0, columns.size())
                .mapToObj(this::mysqlPart)
                .collect(Collectors.joining(", ", "CONCAT(_binary'', ", ")"));
        return "CAST(CONV(LEFT(SHA2(" + text + ", 256), 16), 16, -10) AS SIGNED)";
    }

    /** Distinguishes a value that is NULL from one whose text form is. */
    private String mysqlPart(int column) {
        String proof = mappings.get(column).mysqlProof();
        return "IF(" + SqlText.identifier(columns.get(column).name()) + " IS NULL, 'N', "
                + (isHashed(column)
                        ? "CONCAT(_binary'H', SHA2(" + proof + ", 256))"
                        : "CONCAT(LENGTH(" + proof + "), _binary':', " + proof + ")")
                + ")";
    }

    /** MySQL's condition that a value is there and cannot be copied, as its text form or its proof is NULL. */
    String mysqlFault(ColumnDefinition column) {
        TypeMapping mapping = mappings.get(columns.indexOf(column));
        String name = SqlText.identifier(column.name());
        return "(" + name + " IS NOT NULL AND (" + mapping.mysqlProof() + " IS NULL OR " + mapping.mysqlText()
                + " IS NULL))";
    }

    private boolean isHashed(int column) {
        return form >= FORM && columns.get(column).isLarge();
    }

    /**
     * Rows as they travel to rows as they are kept.
     *
     * @param texts the columns as {@link #textColumns()} sends them, all STRING, and others
     * @return the same rows with the source's columns in {@link #schema()}'s types, the others as they were, and
     *     {@link #CHECKSUM} computed from the typed values
     */
    public Dataset<Row> decode(Dataset<Row> texts) {
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
    public Column checksum() {
        Column[] parts =
                IntStream.range(0, columns.size()).mapToObj(this::sparkPart).toArray(Column[]::new);
        Column digits = substring(sha2(concat(parts).cast(DataTypes.BinaryType), 256), 1, 16);
        return conv(digits, 16, -10).cast(DataTypes.LongType);
    }

    private Column sparkPart(int column) {
        Column text = mappings.get(column)
                .sparkText()
                .apply(column(columns.get(column).name()));
        Column part = isHashed(column)
                ? concat(lit("H"), sha2(text.cast(DataTypes.BinaryType), 256))
                : concat(octet_length(text), lit(":"), text);
        return coalesce(part, lit("N"));
    }

    private static Column column(String name) {
        return col(SqlText.identifier(name));
    }
}
