package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A row with a value of each type, taken from the server of the tests to a file: Spark's types, the text forms, and the checksum
 * computed by the server, by Spark, as rows are read, and by plain Java.
 */
abstract class RoundTrips {
    /** The types without a limit of their size. JSON is a LONGTEXT in MariaDB. */
    private static final Set<String> HASHED = Set.of(
            "TEXT",
            "MEDIUMTEXT",
            "LONGTEXT",
            "JSON",
            "BLOB",
            "VECTOR(3)",
            "MEDIUMBLOB",
            "LONGBLOB",
            "POINT",
            "GEOMETRY",
            "LINESTRING",
            "GEOMETRYCOLLECTION");

    private final List<Case> cases = new ArrayList<>();

    /** A MySQL type, a literal, and what becomes of it; text is null for NULL, and in hexadecimal digits for bytes. */
    private record Case(String type, String literal, String sparkType, String text) {
        private boolean isBinary() {
            return sparkType.equals("BINARY") || sparkType.equals("ARRAY<FLOAT>");
        }

        byte[] bytes() {
            return isBinary() ? HexFormat.of().parseHex(text) : text.getBytes(StandardCharsets.UTF_8);
        }

        String shown(byte[] bytes) {
            if (bytes == null) {
                return null;
            }
            return isBinary() ? HexFormat.of().formatHex(bytes) : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    protected final void roundTrip(String type, String literal, String sparkType, String text) {
        cases.add(new Case(type, literal, sparkType, text));
    }

    protected final void roundTripBytes(String type, String literal, String hex) {
        roundTrip(type, literal, "BINARY", hex);
    }

    /** One row with a column for each case. */
    protected final void check() throws Exception {
        List<String> columns = new ArrayList<>(List.of("id INT PRIMARY KEY"));
        List<String> values = new ArrayList<>(List.of("1"));
        for (int i = 0; i < cases.size(); i++) {
            columns.add("c" + i + " " + cases.get(i).type());
            values.add(cases.get(i).literal());
        }
        TestLakehouse lakehouse = TestLakehouse.fresh()
                .mysql(
                        "SET time_zone = '+00:00'",
                        "CREATE TABLE types (" + String.join(", ", columns) + ") CHARACTER SET utf8mb4",
                        "INSERT INTO types VALUES (" + String.join(", ", values) + ")");
        try (Connection connection = lakehouse.mysql().connect()) {
            SourceTable table = SourceTable.describe(lakehouse.mysql(), connection, "types", SourceSettings.DEFAULT);
            RowFormat format = RowFormat.of("types", table.columns());
            KeyRanges ranges = KeyRanges.cut(connection, table, 10);
            assertThat(checksumAsRead(connection, table, format))
                    .as("the checksum of the row as it is read")
                    .isEqualTo(checksum(cases));
            lakehouse.extract("types");
            Dataset<Row> rows = TestLakehouse.session()
                    .read()
                    .schema(format.fileSchema())
                    .parquet(lakehouse.landing("types", "extract=000001"));

            Column[] texts = IntStream.range(0, cases.size())
                    .mapToObj(i -> TypeMapping.of(table.columns().get(i + 1))
                            .javaText()
                            .apply(rows.col("c" + i))
                            .cast("binary")
                            .as("c" + i))
                    .toArray(Column[]::new);
            Row row = rows.select(with(texts, rows.col(RowFormat.CHECKSUM))).head();
            for (int i = 0; i < cases.size(); i++) {
                Case expected = cases.get(i);
                assertThat(rows.schema().apply("c" + i).dataType().sql())
                        .as(expected.type())
                        .isEqualTo(expected.sparkType());
                assertThat(expected.shown(row.getAs("c" + i)))
                        .as(expected.type() + " " + expected.literal())
                        .isEqualTo(expected.text());
            }

            long expected = checksum(cases);
            assertThat(rows.select(format.checksum(TestLakehouse.session()))
                            .head()
                            .getLong(0))
                    .as("the checksum of the file's values by our function")
                    .isEqualTo(expected);
            if (cases.stream().anyMatch(of -> of.sparkType().startsWith("ARRAY"))) {
                assertThatThrownBy(format::checksumBySparkAlone).isInstanceOf(UserError.class);
            } else {
                assertThat(rows.select(format.checksumBySparkAlone()).head().getLong(0))
                        .as("the same by Spark's functions")
                        .isEqualTo(expected);
            }
            assertThat(row.<Long>getAs(RowFormat.CHECKSUM))
                    .as("the checksum in the file")
                    .isEqualTo(expected);
            try (Snapshot snapshot = Snapshot.open(lakehouse.mysql(), table, format)) {
                assertThat(snapshot.sums(ranges).get(0).checksum().longValueExact())
                        .as("MySQL's checksum")
                        .isEqualTo(expected);
            }
        }
    }

    private static long checksumAsRead(Connection connection, SourceTable table, RowFormat format) throws SQLException {
        RowReader reader = format.reader();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + reader.columns() + " FROM " + table.name())) {
            RowReader.Cursor cursor = reader.read(rows);
            assertThat(cursor.next()).isTrue();
            return cursor.checksum();
        }
    }

    private static Column[] with(Column[] columns, Column last) {
        Column[] all = Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = last;
        return all;
    }

    /**
     * The definition, in plain Java: the first 64 bits of SHA-256 over {@code <octets>:<text>} of each column, of types
     * without a limit {@code H<SHA-256 of the text>}, of NULL {@code N}.
     */
    private static long checksum(List<Case> cases) throws Exception {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        row.writeBytes("1:1".getBytes(StandardCharsets.UTF_8));
        for (Case of : cases) {
            boolean hashed = HASHED.contains(of.type().replaceFirst(" .*", ""));
            if (of.text() == null) {
                row.write('N');
                continue;
            }
            byte[] value = of.bytes();
            if (hashed) {
                row.writeBytes(("H" + HexFormat.of().formatHex(sha256(value))).getBytes(StandardCharsets.UTF_8));
            } else {
                row.writeBytes((value.length + ":").getBytes(StandardCharsets.UTF_8));
                row.writeBytes(value);
            }
        }
        return new BigInteger(1, Arrays.copyOf(sha256(row.toByteArray()), 8)).longValue();
    }

    private static byte[] sha256(byte[] text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text);
    }
}
