package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;

import dev.lakehouse.spark.Compute;
import dev.lakehouse.spark.SqlText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How rows of a table are read from MySQL, and their checksum in MySQL, in Spark, and as they are read.
 *
 * <p><b>Row checksum</b>: the first 64 bits, as a signed BIGINT, of SHA-256 over the row's text: per column {@code N}
 * for NULL, else {@code <octets>:<text>}, one after the other in the table's order. The lengths make the text
 * unambiguous; {@link TypeMapping} has the text form of each type. For a type without a size limit (TEXT, BLOB and larger,
 * JSON, spatial types and VECTOR) it is {@code H} and the SHA-256 of the text form, because MySQL's CONCAT returns NULL above
 * {@code max_allowed_packet}.
 * All other columns together are bounded by MySQL's limit of 64 KB per row. Sums of checksums are exact (DECIMAL).
 */
public final class RowFormat {
    /** The column of the row checksum: {@code BIGINT NOT NULL}. */
    public static final String CHECKSUM = "_row_checksum";

    /** The column of a row's key range number, from 0: {@code INT NOT NULL}. */
    public static final String RANGE = "_range";

    /**
     * The column of a row's dates that are not in the calendar, such as {@code born = 0000-00-00}: {@code STRING}, NULL if it has
     * none. Only files of extracts with {@link InvalidDates#QUARANTINE} have it.
     */
    public static final String INVALID_DATES = "_invalid_dates";

    /** The form of the row checksum that is described above, as in manifests. */
    public static final int FORM = 2;

    /** The form of extracts whose manifest has no form: the row's text contains the text form of every type. */
    public static final int FIRST_FORM = 1;

    private final List<ColumnDefinition> columns;
    private final List<TypeMapping> mappings;
    private final int form;
    private final InvalidDates invalidDates;

    private RowFormat(List<ColumnDefinition> columns, List<TypeMapping> mappings, int form, InvalidDates invalidDates) {
        this.columns = columns;
        this.mappings = mappings;
        this.form = form;
        this.invalidDates = invalidDates;
    }

    /** The format of a table. Throws a {@link dev.lakehouse.UserError} that names all columns of unsupported types. */
    public static RowFormat of(String table, List<ColumnDefinition> columns) {
        return of(table, columns, FORM);
    }

    /** The same for another form of the row checksum. Only Spark computes earlier forms. */
    public static RowFormat of(String table, List<ColumnDefinition> columns, int form) {
        TypeMapping.refuseUnsupported(table, columns);
        return new RowFormat(columns, columns.stream().map(TypeMapping::of).toList(), form, InvalidDates.REFUSE);
    }

    /** The same for files of extracts with another policy. */
    public RowFormat with(InvalidDates policy) {
        return new RowFormat(columns, mappings, form, policy);
    }

    /** The source's columns and types in Spark. */
    public StructType schema() {
        return new StructType(IntStream.range(0, columns.size())
                .mapToObj(i -> DataTypes.createStructField(
                        columns.get(i).name(), mappings.get(i).sparkType(), true))
                .toArray(StructField[]::new));
    }

    /** The schema of an extract's files: the source's columns, perhaps {@link #INVALID_DATES}, {@link #CHECKSUM}, {@link #RANGE}. */
    public StructType fileSchema() {
        StructType columnsOfRow =
                invalidDates == InvalidDates.QUARANTINE ? schema().add(INVALID_DATES, DataTypes.StringType) : schema();
        return columnsOfRow.add(CHECKSUM, DataTypes.LongType).add(RANGE, DataTypes.IntegerType);
    }

    /** Reads the rows of this table from MySQL. */
    public RowReader reader() {
        return reader(List.of());
    }

    /**
     * The same for a table with masked columns.
     *
     * @param withheld columns whose values are not part of {@link #INVALID_DATES}
     */
    RowReader reader(List<String> withheld) {
        return new RowReader(
                mappings.stream().map(TypeMapping::mysqlRead).collect(Collectors.joining(", ")),
                mappings.stream().map(TypeMapping::wire).toList(),
                invalidDates == InvalidDates.QUARANTINE
                        ? columns.stream().map(ColumnDefinition::name).toList()
                        : List.of(),
                withheld,
                hash());
    }

    /** The row checksum, computed in Java from the text forms of the values. */
    public RowHash hash() {
        return new RowHash(
                IntStream.range(0, columns.size()).mapToObj(this::isHashed).toList());
    }

    /** MySQL's expression of the row checksum; NULL if MySQL cannot compute the text form of one of the values. */
    String mysqlChecksum() {
        // One binary part makes the whole text binary, so collations cannot conflict.
        String text = IntStream.range(0, columns.size())
                .mapToObj(this::mysqlPart)
                .collect(Collectors.joining(", ", "CONCAT(_binary'', ", ")"));
        return "CAST(CONV(LEFT(SHA2(" + text + ", 256), 16), 16, -10) AS SIGNED)";
    }

    /** Distinguishes NULL from a value whose text form is NULL. */
    private String mysqlPart(int column) {
        String proof = mappings.get(column).mysqlProof();
        return "IF(" + mappings.get(column).mysqlNull() + ", 'N', "
                + (isHashed(column)
                        ? "CONCAT(_binary'H', SHA2(" + proof + ", 256))"
                        : "CONCAT(" + mappings.get(column).mysqlLength() + ", _binary':', " + proof + ")")
                + ")";
    }

    List<ColumnDefinition> columns() {
        return columns;
    }

    /** MySQL's condition that a value is not NULL but cannot be copied, because its text form or its proof is NULL. */
    String mysqlFault(ColumnDefinition column) {
        TypeMapping mapping = mappings.get(columns.indexOf(column));
        return "(NOT (" + mapping.mysqlNull() + ") AND (" + mapping.mysqlProof() + " IS NULL OR " + mapping.mysqlText()
                + " IS NULL))";
    }

    private boolean isHashed(int column) {
        return form >= FORM && columns.get(column).isLarge();
    }

    /**
     * The row checksum in Spark, computed from all the source's columns. Where Spark runs our code it is a function in Java,
     * which needs a third of the time. A client of Spark Connect would have to upload the function, so there it consists of
     * Spark's own functions.
     */
    public Column checksum(SparkSession session) {
        if (!Compute.isConnect(session)) {
            return checksumByJava();
        }
        if (mappings.stream().anyMatch(TypeMapping::isFloating) && !MySqlDouble.isPrintedShortest(session)) {
            throw MySqlDouble.needsDedicatedCompute();
        }
        return checksumBySparkAlone();
    }

    private Column checksumByJava() {
        Column[] texts = IntStream.range(0, columns.size())
                .mapToObj(i -> binary(mappings.get(i).javaText().apply(value(i))))
                .toArray(Column[]::new);
        return udf(hash(), DataTypes.LongType).apply(array(texts));
    }

    Column checksumBySparkAlone() {
        Column[] parts =
                IntStream.range(0, columns.size()).mapToObj(this::sparkPart).toArray(Column[]::new);
        Column digits = substring(sha2(concat(parts), 256), 1, 16);
        return conv(digits, 16, -10).cast(DataTypes.LongType);
    }

    private Column sparkPart(int column) {
        Column text = binary(mappings.get(column).sparkText().apply(value(column)));
        Column part = isHashed(column)
                ? binary(concat(lit("H"), sha2(text, 256)))
                : concat(binary(concat(octet_length(text), lit(":"))), text);
        return coalesce(part, binary(lit("N")));
    }

    private static Column binary(Column text) {
        return text.cast(DataTypes.BinaryType);
    }

    private Column value(int column) {
        return col(SqlText.identifier(columns.get(column).name()));
    }
}
