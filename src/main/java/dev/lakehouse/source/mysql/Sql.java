package dev.lakehouse.source.mysql;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Small pieces of SQL text. */
final class Sql {
    private Sql() {}

    /**
     * A text literal for MySQL in hexadecimal digits: nothing in it can end the literal, and as a literal it takes the
     * collation of the column that it is compared with.
     */
    static String mysqlLiteral(String text) {
        return "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
