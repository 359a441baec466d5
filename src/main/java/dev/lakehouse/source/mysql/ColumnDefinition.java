package dev.lakehouse.source.mysql;

/**
 * A column as MySQL describes it.
 *
 * @param name its name
 * @param type the type's name alone, in lower case, such as {@code int}
 * @param fullType the type as declared, such as {@code int(10) unsigned}
 * @param nullable whether it may be NULL
 * @param precision digits of a number, 0 for other types
 * @param scale decimals of a number, 0 for other types
 * @param comment the column's comment; may be empty
 * @param charset the character set of a text; null for other types, and in an extract
 */
public record ColumnDefinition(
        String name,
        String type,
        String fullType,
        boolean nullable,
        int precision,
        int scale,
        String comment,
        String charset) {

    public ColumnDefinition(
            String name, String type, String fullType, boolean nullable, int precision, int scale, String comment) {
        this(name, type, fullType, nullable, precision, scale, comment, null);
    }

    boolean isNumber() {
        return precision > 0;
    }

    boolean isText() {
        return type.equals("char") || type.equals("varchar") || type.endsWith("text");
    }

    boolean isDateOrTime() {
        return type.equals("date") || type.equals("datetime") || type.equals("timestamp");
    }

    /** Whether MySQL stores values outside the row, so that the row's size limit does not apply to them. */
    boolean isLarge() {
        return type.equals("text") || type.equals("mediumtext") || type.equals("longtext");
    }
}
