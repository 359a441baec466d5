package dev.lakehouse.testing;

import dev.lakehouse.source.mysql.MySqlServer;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of a MySQL table by the driver's binary protocol, which has nothing in common with the text that is copied and
 * proven, in the form of {@link KernelTable#rows}.
 */
public final class SourceValues {
    private static final int SRID = Integer.BYTES;
    private static final int WKB_HEAD = 1 + Integer.BYTES;
    private static final int MICROS_OF_A_SECOND = 1_000_000;

    private SourceValues() {}

    /** The columns of a table. */
    public static List<String> columns(MySqlServer server, String table) throws SQLException {
        try (Connection connection = connect(server)) {
            return new ArrayList<>(types(connection, table).keySet());
        }
    }

    /** The rows of a table, in no order. */
    public static List<List<String>> rows(MySqlServer server, String table) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        each(server, table, rows::add);
        return rows;
    }

    /** Each row of a table, in no order. */
    static void each(MySqlServer server, String table, Consumer<List<String>> consumer) throws SQLException {
        try (Connection connection = connect(server)) {
            Map<String, String> types = types(connection, table);
            String columns = types.entrySet().stream()
                    .map(column -> selected(column.getKey(), column.getValue()))
                    .collect(Collectors.joining(", "));
            try (PreparedStatement query = connection.prepareStatement("SELECT " + columns + " FROM `" + table + "`")) {
                query.setFetchSize(1000);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        List<String> values = new ArrayList<>();
                        for (String type : types.values()) {
                            values.add(value(row, values.size() + 1, type));
                        }
                        consumer.accept(values);
                    }
                }
            }
        }
    }

    /** The driver cannot read vectors by this protocol. */
    private static String selected(String name, String type) {
        return type.equals("vector") ? "HEX(`" + name + "`)" : "`" + name + "`";
    }

    /** Without the character set of the results, the driver takes a leading U+FEFF of UTF-16 for a byte order mark. */
    private static Connection connect(MySqlServer server) throws SQLException {
        return DriverManager.getConnection(
                server.url() + (server.url().contains("?") ? "&" : "?")
                        + "useServerPrepStmts=true&useCursorFetch=true&allowPublicKeyRetrieval=true&yearIsDateType=false&characterSetResults=UTF-8"
                        + "&sessionVariables=time_zone='%2B00:00'",
                server.user(),
                server.password().resolve());
    }

    private static Map<String, String> types(Connection connection, String table) throws SQLException {
        String query = "SELECT column_name, IF(column_type LIKE 'bit(1)', 'boolean', data_type) FROM"
                + " information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, table);
            Map<String, String> types = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.put(row.getString(1), row.getString(2).toLowerCase(Locale.ROOT));
                }
            }
            return types;
        }
    }

    private static String value(ResultSet row, int i, String type) throws SQLException {
        byte[] bytes = row.getBytes(i);
        if (bytes == null) {
            return null;
        }
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal" ->
                row.getBigDecimal(i).toPlainString();
            case "year" -> row.getString(i).replaceFirst("-.*", "").replaceFirst("^0+(?=.)", "");
            case "float" -> Integer.toString(Float.floatToIntBits(row.getFloat(i)));
            case "double" -> Long.toString(Double.doubleToLongBits(row.getDouble(i)));
            case "boolean" -> Boolean.toString(bytes[bytes.length - 1] == 1);
            case "bit" -> new BigInteger(1, bytes).toString();
            case "date" -> row.getString(i);
            case "datetime", "timestamp" ->
                row.getObject(i, LocalDateTime.class).toString();
            case "time" -> micros(row.getString(i));
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> hex(bytes);
            case "vector" -> Arrays.toString(floats(HexFormat.of().parseHex(row.getString(i))));
            case "geometry", "point", "linestring", "polygon" -> hex(ewkb(bytes));
            default -> row.getString(i);
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static int[] floats(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.length / Float.BYTES)
                .map(k -> numbers.getInt(k * Float.BYTES))
                .toArray();
    }

    /** SRID and WKB as MySQL stores them, with the SRID after the type. */
    private static byte[] ewkb(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        return ByteBuffer.allocate(stored.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(stored[SRID])
                .putInt(in.getInt(SRID + 1) | 0x20000000)
                .putInt(in.getInt(0))
                .put(stored, SRID + WKB_HEAD, stored.length - SRID - WKB_HEAD)
                .array();
    }

    private static String micros(String time) {
        String[] parts = time.replace("-", "").split("[:.]", -1);
        long seconds = (Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1])) * 60 + Long.parseLong(parts[2]);
        long fraction = parts.length < 4 ? 0 : Long.parseLong((parts[3] + "000000").substring(0, 6));
        long micros = seconds * MICROS_OF_A_SECOND + fraction;
        return Long.toString(time.startsWith("-") ? -micros : micros);
    }
}
