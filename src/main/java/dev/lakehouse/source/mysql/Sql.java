package dev.lakehouse.source.mysql;

import dev.lakehouse.spark.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Small pieces of SQL text. */
final class Sql {
    private Sql() {}

    /** Quoted names, separated by commas. */
    static String list(Collection<String> names) {
        return names.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    }

    /**
     * A text literal for MySQL in hexadecimal digits: nothing in it can end the literal, and as a literal it takes the
     * collation of the column that it is compared with.
     */
    static String mysqlLiteral(String text) {
        return "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
