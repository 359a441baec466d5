package dev.lakehouse.spark;

/** Quotes external text for SQL. */
public final class SqlText {
    private SqlText() {}

    /**
     * A string literal. Dollar signs are escaped, so that Spark's variable substitution, which some compute cannot
     * switch off, finds none.
     */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024") + "'";
    }

    /** A name in backticks. */
    public static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
