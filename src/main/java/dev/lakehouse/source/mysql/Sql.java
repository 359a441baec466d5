package dev.lakehouse.source.mysql;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Small pieces of SQL text. */
final class Sql {
    private Sql() {}

    /**
     * A text literal for MySQL in hexadecimal digits. Its content cannot end the literal, and it is compared in the
     * collation of the other column.
     */
    static String mysqlLiteral(String text) {
        return "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
