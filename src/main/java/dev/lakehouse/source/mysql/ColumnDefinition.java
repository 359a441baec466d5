package dev.lakehouse.source.mysql;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column as MySQL describes it.
 *
 * @param name its name
 * @param type the type's name alone, in lower case, such as {@code int}
 * @param fullType the type as declared, such as {@code int(10) unsigned}
 * @param nullable whether it may be NULL in the copy
 * @param precision digits of a number, 0 for other types
 * @param scale decimals of a number, 0 for other types
 * @param comment the column's comment; may be empty
 * @param charset the character set of a text; null for other types, and in an extract
 * @param invalidAsNull whether a date or time that is not in the calendar is copied as NULL
 */
public record ColumnDefinition(
        String name,
        String type,
        String fullType,
        boolean nullable,
        int precision,
        int scale,
        String comment,
        String charset,
        boolean invalidAsNull) {

    private static final int BITS_OF_A_DOUBLE = 53;

    private static final Set<String> LARGE =
            Set.of("text", "mediumtext", "longtext", "blob", "mediumblob", "longblob", "json", "vector");

    private static final Pattern EMPTY_MEMBER = Pattern.compile("(^\\w+\\(|[^'](?:'')*',)''[,)]");

    private static final Set<String> WITH_SEVERAL_CODES =
            Set.of("big5", "cp932", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "sjis", "ujis");

    private static final Set<String> SPATIAL = Set.of(
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geomcollection",
            "geometrycollection");

    public ColumnDefinition(
            String name, String type, String fullType, boolean nullable, int precision, int scale, String comment) {
        this(name, type, fullType, nullable, precision, scale, comment, null, false);
    }

    /** The same with dates and times that are not in the calendar copied as NULL. */
    ColumnDefinition withInvalidAsNull() {
        return new ColumnDefinition(name, type, fullType, true, precision, scale, comment, charset, true);
    }

    /** The column as files have it if its values are masked: a text. */
    public ColumnDefinition masked() {
        return new ColumnDefinition(name, "varchar", "varchar", nullable, 0, 0, comment);
    }

    boolean isText() {
        return type.equals("char")
                || type.equals("varchar")
                || type.endsWith("text")
                || type.equals("enum")
                || type.equals("set");
    }

    boolean isDateOrTime() {
        return type.equals("date") || type.equals("datetime") || type.equals("timestamp");
    }

    /** Whether it is a SET whose number, a bit for each member, a DOUBLE does not hold. */
    boolean isWideSet() {
        return type.equals("set") && fullType.split("','", -1).length > BITS_OF_A_DOUBLE;
    }

    boolean isSpatial() {
        return SPATIAL.contains(type);
    }

    /**
     * Whether values that MySQL distinguishes may have one text: an ENUM or SET with an empty member, which the error value and
     * the empty set also print as, and character sets in which a character has several codes.
     */
    boolean mayRepeatAsText() {
        return (type.equals("enum") || type.equals("set"))
                ? EMPTY_MEMBER.matcher(fullType).find()
                : charset != null && WITH_SEVERAL_CODES.contains(charset);
    }

    /** Whether MySQL stores values outside the row, so that the row's size limit does not apply to them. */
    boolean isLarge() {
        return LARGE.contains(type) || isSpatial();
    }
}
