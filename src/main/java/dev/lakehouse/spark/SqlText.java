package dev.lakehouse.spark;

/** Text from outside inside SQL. */
public final class SqlText {
    private SqlText() {}

    /**
     * A string literal. A dollar sign is written as an escape, so that Spark's substitution of variables, where it cannot
     * be switched off, finds none.
     */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("$", "\\u0024") + "'";
    }

    /** A name in backticks. */
    public static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
