package dev.lakehouse.source.mysql;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;

import dev.lakehouse.UserError;
import dev.lakehouse.spark.SqlText;
import java.util.List;
import java.util.Optional;
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
 * <tr><td>BIT(1)</td><td>BOOLEAN</td><td rowspan="3">the bits as an unsigned number, in digits</td></tr>
 * <tr><td>BIT(n), n up to 63</td><td>BIGINT</td></tr>
 * <tr><td>BIT(64)</td><td>DECIMAL(20,0)</td></tr>
 * <tr><td>DECIMAL(p,s), p up to 38</td><td>DECIMAL(p,s)</td><td rowspan="2">digits with all s decimals</td></tr>
 * <tr><td>DECIMAL(p,s), p over 38</td><td>STRING, because Spark's DECIMAL has at most 38 digits</td></tr>
 * <tr><td>FLOAT</td><td>FLOAT</td><td rowspan="2">as MySQL prints a DOUBLE ({@link MySqlDouble})</td></tr>
 * <tr><td>DOUBLE</td><td>DOUBLE</td></tr>
 * <tr><td>CHAR, VARCHAR, *TEXT, ENUM, SET</td><td>STRING</td><td>the text in UTF-8</td></tr>
 * <tr><td>JSON</td><td>STRING</td><td>as MySQL prints it</td></tr>
 * <tr><td>UUID, INET4, INET6 of MariaDB</td><td>STRING</td><td>as MariaDB prints it</td></tr>
 * <tr><td>BINARY, VARBINARY, *BLOB</td><td>BINARY</td><td>the bytes</td></tr>
 * <tr><td>GEOMETRY, POINT and the other spatial types</td><td>BINARY: EWKB, little endian, always with the SRID</td>
 *     <td>the bytes</td></tr>
 * <tr><td>VECTOR of MySQL</td><td>ARRAY&lt;FLOAT&gt;</td><td>the bytes: four for each number, little endian</td></tr>
 * <tr><td>YEAR</td><td>SMALLINT</td><td>digits</td></tr>
 * <tr><td>TIME</td><td>BIGINT: microseconds, negative too</td><td>digits, a minus sign if negative</td></tr>
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
 * @param mysqlNull MySQL's condition that a value is NULL in the copy
 * @param mysqlRead the SQL expression that is selected for the copy
 * @param mysqlText the SQL expression of the text form in MySQL
 * @param mysqlProof the same for the row checksum; NULL if MySQL cannot compute the text form of a value that is not
 *     NULL
 * @param mysqlLength the SQL expression of the octets of {@code mysqlProof}, where that is not NULL
 * @param sparkText the text form of a column of {@code sparkType}, by Spark's own functions
 * @param javaText the same where Spark runs our code
 * @param bound how a value of a key becomes a bound of a key range
 */
record TypeMapping(
        DataType sparkType,
        WireForm wire,
        String mysqlNull,
        String mysqlRead,
        String mysqlText,
        String mysqlProof,
        String mysqlLength,
        UnaryOperator<Column> sparkText,
        UnaryOperator<Column> javaText,
        Bound bound) {

    private static final int SPARK_DIGITS = 38;
    private static final int BIGINT_UNSIGNED_DIGITS = 20;
    private static final int BIGINT_BITS = 63;

    /**
     * How a value of a key becomes a bound of a key range.
     *
     * @param expression the SQL expression that is selected
     * @param literal its result as a literal that MySQL compares with the column in the order of its index
     */
    record Bound(String expression, UnaryOperator<String> literal) {
        private static Bound number(String expression) {
            return new Bound(expression, UnaryOperator.identity());
        }

        private static Bound text(String expression) {
            return new Bound(expression, Sql::mysqlLiteral);
        }

        private static Bound bytes(String name) {
            return new Bound("HEX(" + name + ")", hex -> "X'" + hex + "'");
        }
    }

    /** The SQL expression of the value for a message. */
    String printable() {
        return sparkType.equals(DataTypes.BinaryType) ? bound.expression() : mysqlText;
    }

    boolean isFloating() {
        return sparkType.equals(DataTypes.FloatType) || sparkType.equals(DataTypes.DoubleType);
    }

    /** The mapping of a column, whose type must be supported. */
    static TypeMapping of(ColumnDefinition column) {
        return find(column).orElseThrow(() -> new IllegalArgumentException("No mapping of " + column.type()));
    }

    private static Optional<TypeMapping> find(ColumnDefinition column) {
        String name = SqlText.identifier(column.name());
        boolean unsigned = column.fullType().contains("unsigned");
        return Optional.ofNullable(
                switch (column.type()) {
                    case "tinyint" -> number(name, unsigned ? DataTypes.ShortType : DataTypes.ByteType);
                    case "smallint" -> number(name, unsigned ? DataTypes.IntegerType : DataTypes.ShortType);
                    case "mediumint" -> number(name, DataTypes.IntegerType);
                    case "int" -> number(name, unsigned ? DataTypes.LongType : DataTypes.IntegerType);
                    case "bigint" -> number(name, unsigned ? decimal(BIGINT_UNSIGNED_DIGITS, 0) : DataTypes.LongType);
                    case "bit" -> bits(name, column.precision());
                    case "year" -> number(name, DataTypes.ShortType);
                    case "decimal" ->
                        number(
                                name,
                                column.precision() > SPARK_DIGITS
                                        ? DataTypes.StringType
                                        : decimal(column.precision(), column.scale()));
                    case "float" -> floating(name, DataTypes.FloatType);
                    case "double" -> floating(name, DataTypes.DoubleType);
                    case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                        text(name, column.charset(), Bound.text(utf8(name)));
                    // MySQL sorts them by their number.
                    case "enum", "set" -> text(name, column.charset(), Bound.number(name + " + 0"));
                    case "json", "uuid", "inet4", "inet6" -> printed(name);
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> bytes(name);
                    case "vector" -> vector(name);
                    case "time" -> duration(name);
                    case "date" -> date(name, column.invalidAsNull());
                    case "datetime" -> time(name, DataTypes.TimestampNTZType, column.invalidAsNull());
                    case "timestamp" -> time(name, DataTypes.TimestampType, column.invalidAsNull());
                    default -> column.isSpatial() ? geometry(name) : null;
                });
    }

    /** A type whose values the copy reads as they are, with one text form in MySQL and one in Spark. */
    private static TypeMapping plain(
            String name, DataType type, WireForm wire, String mysqlText, UnaryOperator<Column> sparkText, Bound bound) {
        return new TypeMapping(
                type, wire, isNull(name), name, mysqlText, mysqlText, octets(mysqlText), sparkText, sparkText, bound);
    }

    /** Adding zero removes the padding of ZEROFILL and the sign of a negative zero. */
    private static TypeMapping number(String name, DataType type) {
        String text = "CAST(" + name + " + 0 AS CHAR)";
        return plain(name, type, WireForm.NUMBER, text, value -> value.cast(DataTypes.StringType), Bound.number(text));
    }

    /** Adding zero makes a number of the bits. */
    private static TypeMapping bits(String name, int bits) {
        String number = name + " + 0";
        String text = "CAST(" + number + " AS CHAR)";
        DataType type = bits == 1
                ? DataTypes.BooleanType
                : bits <= BIGINT_BITS ? DataTypes.LongType : decimal(BIGINT_UNSIGNED_DIGITS, 0);
        UnaryOperator<Column> sparkText =
                value -> (bits == 1 ? value.cast(DataTypes.IntegerType) : value).cast(DataTypes.StringType);
        return new TypeMapping(
                type,
                WireForm.NUMBER,
                isNull(name),
                number,
                text,
                text,
                octets(text),
                sparkText,
                sparkText,
                Bound.number(text));
    }

    /**
     * MySQL prints a FLOAT with six digits only. Multiplied by a DOUBLE it is exact, and keeps the sign of a negative zero. As a
     * text, MySQL cuts a DOUBLE after 22 characters, except in JSON, where whole numbers have one decimal. MariaDB does not cut
     * it, has no such cast, and ignores comments with this version.
     */
    private static TypeMapping floating(String name, DataType type) {
        String exact = name + " * 1e0";
        String text = "TRIM(TRAILING '.0' FROM CAST(/*!50701 CAST( */ " + exact + " /*!50701 AS JSON) */ AS CHAR))";
        return new TypeMapping(
                type,
                WireForm.SAME,
                isNull(name),
                exact,
                text,
                text,
                octets(text),
                value -> MySqlDouble.textBySparkAlone(value.cast(DataTypes.DoubleType)),
                value -> MySqlDouble.textByJava(value.cast(DataTypes.DoubleType)),
                Bound.number(text));
    }

    /**
     * MySQL converts the text, so that it is complete for any character set and padding. Characters that Unicode lacks
     * become a question mark or are dropped without an error; the proof is then NULL. Text that is already UTF-8 is
     * proven byte by byte.
     */
    private static TypeMapping text(String name, String charset, Bound bound) {
        String converted = utf8(name);
        // Question marks are searched among bytes, because MySQL searches text by its collation.
        boolean isUtf8 = "utf8mb4".equals(charset);
        String proof = isUtf8
                ? name
                : "IF(CHAR_LENGTH(" + name + ") = CHAR_LENGTH(" + converted + ") AND (INSTR(CAST(" + converted
                        + " AS BINARY), '?') = 0 OR " + questionMarks(name) + " = " + questionMarks(converted) + "), "
                        + converted
                        + ", NULL)";
        return new TypeMapping(
                DataTypes.StringType,
                WireForm.TEXT,
                isNull(name),
                name,
                converted,
                proof,
                octets(isUtf8 ? name : converted),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                bound);
    }

    private static String utf8(String name) {
        return "CONVERT(" + name + " USING utf8mb4)";
    }

    private static String questionMarks(String text) {
        return "CHAR_LENGTH(" + text + ") - CHAR_LENGTH(REPLACE(" + text + ", '?', ''))";
    }

    /** A type that the server prints in its own form. */
    private static TypeMapping printed(String name) {
        String text = utf8(name);
        return plain(name, DataTypes.StringType, WireForm.TEXT, text, UnaryOperator.identity(), Bound.text(text));
    }

    private static TypeMapping bytes(String name) {
        return plain(name, DataTypes.BinaryType, WireForm.SAME, name, UnaryOperator.identity(), Bound.bytes(name));
    }

    /**
     * MySQL stores the SRID in four bytes, followed by WKB. EWKB has the SRID after the byte order and the type, whose highest
     * byte then is 0x20.
     */
    private static TypeMapping geometry(String name) {
        String bytes = "CAST(" + name + " AS BINARY)";
        String text = "CONCAT(SUBSTRING(" + bytes + ", 5, 4), X'20', SUBSTRING(" + bytes + ", 1, 4), SUBSTRING(" + bytes
                + ", 10))";
        return plain(name, DataTypes.BinaryType, WireForm.GEOMETRY, text, UnaryOperator.identity(), Bound.bytes(name));
    }

    private static TypeMapping vector(String name) {
        String bytes = "CAST(" + name + " AS BINARY)";
        return new TypeMapping(
                DataTypes.createArrayType(DataTypes.FloatType),
                WireForm.SAME,
                isNull(name),
                name,
                bytes,
                bytes,
                octets(bytes),
                value -> {
                    throw VectorBytes.needsDedicatedCompute();
                },
                VectorBytes::textByJava,
                Bound.bytes(name));
    }

    private static TypeMapping date(String name, boolean invalidAsNull) {
        String text = "CAST(" + name + " AS CHAR)";
        TypeMapping date = plain(
                name,
                DataTypes.DateType,
                WireForm.SAME,
                text,
                value -> value.cast(DataTypes.StringType),
                Bound.text(text));
        return invalidAsNull ? date.invalidAsNull(name, WireForm.DATE_OR_NULL) : date;
    }

    /** The date part is formatted by a cast, because Spark's patterns do not support year 0. */
    private static TypeMapping time(String name, DataType type, boolean invalidAsNull) {
        String text = "DATE_FORMAT(" + name + ", '%Y-%m-%d %H:%i:%s.%f')";
        TypeMapping time = plain(
                name,
                type,
                WireForm.TIME,
                text,
                value -> concat(
                        value.cast(DataTypes.DateType).cast(DataTypes.StringType),
                        date_format(value, " HH:mm:ss.SSSSSS")),
                Bound.text(text));
        return invalidAsNull ? time.invalidAsNull(name, WireForm.TIME_OR_NULL) : time;
    }

    private TypeMapping invalidAsNull(String name, WireForm orNull) {
        return new TypeMapping(
                sparkType,
                orNull,
                "(" + mysqlNull + " OR " + notOnTheCalendar(name) + ")",
                mysqlRead,
                mysqlText,
                mysqlProof,
                mysqlLength,
                sparkText,
                javaText,
                bound);
    }

    /** MySQL's condition that a date or time, which is not NULL, is not in the calendar. */
    static String notOnTheCalendar(String name) {
        // LAST_DAY is NULL if year or month is invalid.
        return "NOT COALESCE(DAYOFMONTH(" + name + ") BETWEEN 1 AND DAYOFMONTH(LAST_DAY(" + name + ")), FALSE)";
    }

    private static String octets(String expression) {
        return "LENGTH(" + expression + ")";
    }

    private static String isNull(String name) {
        return name + " IS NULL";
    }

    /** MySQL's parts of a TIME have no sign. */
    private static TypeMapping duration(String name) {
        String text = "CAST(IF(" + name + " < TIME'00:00:00', -1, 1) * (((HOUR(" + name + ") * 60 + MINUTE(" + name
                + ")) * 60 + SECOND(" + name + ")) * 1000000 + MICROSECOND(" + name + ")) AS CHAR)";
        return plain(
                name,
                DataTypes.LongType,
                WireForm.DURATION,
                text,
                value -> value.cast(DataTypes.StringType),
                Bound.text("CAST(" + name + " AS CHAR)"));
    }

    private static DataType decimal(int precision, int scale) {
        return DataTypes.createDecimalType(precision, scale);
    }

    /** Refuses a table with columns of unsupported types, and names all of them. */
    static void refuseUnsupported(String table, List<ColumnDefinition> columns) {
        List<ColumnDefinition> unsupported =
                columns.stream().filter(column -> find(column).isEmpty()).toList();
        if (!unsupported.isEmpty()) {
            throw new UserError(
                    "Table '" + table + "' has columns of types that are not supported: "
                            + unsupported.stream()
                                    .map(column -> "`" + column.name() + "` " + column.fullType())
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "Only types whose values can be proven unchanged are copied.",
                    "Leave these columns out: --without="
                            + unsupported.stream().map(ColumnDefinition::name).collect(Collectors.joining(","))
                            + " (in a workflow the parameter 'without'). A key column cannot be left out: change its"
                            + " type.");
        }
    }
}
