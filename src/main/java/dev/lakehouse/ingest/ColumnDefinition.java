package dev.lakehouse.ingest;

/**
 * A column as MySQL describes it.
 *
 * @param name its name
 * @param type the type's name alone, in lower case, such as {@code int}
 * @param fullType the type as declared, such as {@code int(10) unsigned}
 * @param nullable whether it may be NULL
 * @param precision digits of a number, 0 for other types
 * @param scale decimals of a number, 0 for other types
 * @param comment what the table's owner says of it; may be empty
 */
record ColumnDefinition(
        String name, String type, String fullType, boolean nullable, int precision, int scale, String comment) {

    boolean isNumber() {
        return precision > 0;
    }
}
