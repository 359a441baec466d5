package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Maps a MySQL type to its Spark type and its text form, which is used for the row checksum. This is the only definition of
 * the mapping.
 *
 * <table>
 * <caption>The mapping</caption>
 * <tr><th>MySQL</th><th>Spark</th><th>text form</th></tr>
 * <tr><td>TINYINT, also TINYINT(1)</td><td>TINYINT (unsigned: SMALLINT)</td><td rowspan="5">digits, a minus sign if negative</td></tr>
 * <tr><td>SMALLINT</td><td>SMALLINT (unsigned: INT)</td></tr>
 * <tr><td>MEDIUMINT</td><td>INT</td></tr>
 * <tr><td>INT</td><td>INT (unsigned: BIGINT)</td></tr>
 * <tr><td>BIGINT</td><td>BIGINT (unsigned: DECIMAL(20,0))</td></tr>
 * <tr><td>DECIMAL(p,s), p up to 38</td><td>DECIMAL(p,s)</td><td rowspan="2">digits with all s decimals</td></tr>
 * <tr><td>DECIMAL(p,s), p over 38</td><td>STRING, because Spark's DECIMAL has at most 38 digits</td></tr>
 * <tr><td>CHAR, VARCHAR, *TEXT</td><td>STRING</td><td>the text in UTF-8</td></tr>
 * <tr><td>DATE</td><td>DATE</td><td>2025-01-31</td></tr>
 * <tr><td>DATETIME</td><td>TIMESTAMP_NTZ: no zone</td><td rowspan="2">2025-01-31 06:00:00.000000; of TIMESTAMP in
 *     UTC</td></tr>
 * <tr><td>TIMESTAMP</td><td>TIMESTAMP: an instant</td></tr>
 * </table>
 *
 * <p>Values are taken from the text protocol's bytes and never as the driver's dates and times, which would be
 * converted by the JVM's time zone and its Julian calendar.
 *
 * @param sparkType the type in Parquet and Delta
 * @param wire how values arrive, and become their text form
 * @param mysqlText the SQL expression of the text form in MySQL
 * @param mysqlProof the same for the row checksum; NULL if MySQL cannot compute the text form of a value that is not
 *     NULL
 * @param sparkText the text form of a column of {@code sparkType}
 */
record TypeMapping(
        DataType sparkType, WireForm wire, String mysqlText, String mysqlProof, UnaryOperator<Column> sparkText) {

    private TypeMapping(DataType sparkType, WireForm wire, String mysqlText, UnaryOperator<Column> sparkText) {
        this(sparkType, wire, mysqlText, mysqlText, sparkText);
    }

    private static final Set<String> SUPPORTED = Set.of(
            "tinyint",
            "smallint",
            "mediumint",
            "int",
            "bigint",
            "decimal",
            "char",
            "varchar",
            "tinytext",
            "text",
            "mediumtext",
            "longtext",
            "date",
            "datetime",
            "timestamp");

    private static final int SPARK_DIGITS = 38;
    private static final int BIGINT_UNSIGNED_DIGITS = 20;

    /** The mapping of a column, whose type must be supported. */
    static TypeMapping of(ColumnDefinition column) {
        String name = SqlText.identifier(column.name());
        boolean unsigned = column.fullType().contains("unsigned");
        return switch (column.type()) {
            case "tinyint" -> number(name, unsigned ? DataTypes.ShortType : DataTypes.ByteType);
            case "smallint" -> number(name, unsigned ? DataTypes.IntegerType : DataTypes.ShortType);
            case "mediumint" -> number(name, DataTypes.IntegerType);
            case "int" -> number(name, unsigned ? DataTypes.LongType : DataTypes.IntegerType);
            case "bigint" -> number(name, unsigned ? decimal(BIGINT_UNSIGNED_DIGITS, 0) : DataTypes.LongType);
            case "decimal" ->
                number(
                        name,
                        column.precision() > SPARK_DIGITS
                                ? DataTypes.StringType
                                : decimal(column.precision(), column.scale()));
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> text(name, column.charset());
            case "date" -> date(name);
            case "datetime" -> time(name, DataTypes.TimestampNTZType);
            case "timestamp" -> time(name, DataTypes.TimestampType);
            default -> throw new IllegalArgumentException("No mapping of " + column.type());
        };
    }

    /** Adding zero removes the padding of ZEROFILL and the sign of a negative zero. */
    private static TypeMapping number(String name, DataType type) {
        return new TypeMapping(
                type, WireForm.NUMBER, "CAST(" + name + " + 0 AS CHAR)", value -> value.cast(DataTypes.StringType));
    }

    /**
     * MySQL converts the text, so that it is complete for any character set and padding. Characters that Unicode lacks
     * become a question mark or are dropped without an error; the proof is then NULL. Text that is already UTF-8 is
     * proven byte by byte.
     */
    private static TypeMapping text(String name, String charset) {
        String converted = "CONVERT(" + name + " USING utf8mb4)";
        String proof = "utf8mb4".equals(charset)
                ? name
                : "IF(CHAR_LENGTH(" + name + ") = CHAR_LENGTH(" + converted + ") AND (INSTR(" + converted
                        + ", '?') = 0 OR " + questionMarks(name) + " = " + questionMarks(converted) + "), " + converted
                        + ", NULL)";
        return new TypeMapping(DataTypes.StringType, WireForm.TEXT, converted, proof, value -> value);
    }

    private static String questionMarks(String text) {
        return "CHAR_LENGTH(" + text + ") - CHAR_LENGTH(REPLACE(" + text + ", '?', ''))";
    }

    private static TypeMapping date(String name) {
        return new TypeMapping(
                DataTypes.DateType,
                WireForm.DATE,
                "CAST(" + name + " AS CHAR)",
                value -> value.cast(DataTypes.StringType));
    }

    /** The date part is formatted by a cast, because Spark's patterns do not support year 0. */
    private static TypeMapping time(String name, DataType type) {
        return new TypeMapping(
                type,
                WireForm.TIME,
                "DATE_FORMAT(" + name + ", '%Y-%m-%d %H:%i:%s.%f')",
                value -> concat(
                        value.cast(DataTypes.DateType).cast(DataTypes.StringType),
                        date_format(value, " HH:mm:ss.SSSSSS")));
    }

    private static DataType decimal(int precision, int scale) {
        return DataTypes.createDecimalType(precision, scale);
    }

    /** Refuses a table with columns of unsupported types, and names all of them. */
    static void refuseUnsupported(String table, List<ColumnDefinition> columns) {
        List<ColumnDefinition> unsupported = columns.stream()
                .filter(column -> !SUPPORTED.contains(column.type()))
                .toList();
        if (!unsupported.isEmpty()) {
            throw new UserError(
                    "Table '" + table + "' has columns of types that are not supported: "
                            + unsupported.stream()
                                    .map(column -> "`" + column.name() + "` " + column.fullType())
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "Only types whose values can be proven unchanged are copied: integers, DECIMAL, CHAR, VARCHAR,"
                            + " TEXT, DATE, DATETIME and TIMESTAMP.",
                    "Leave these columns out: --without="
                            + unsupported.stream().map(ColumnDefinition::name).collect(Collectors.joining(","))
                            + " (in a workflow the parameter 'without'). A key column cannot be left out: change its"
                            + " type.");
        }
    }
}
