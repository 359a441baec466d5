package dev.lakehouse.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as Spark itself would compute them, after the way to an executor. */
class RowExpressionTest {
    private static final StructType SCHEMA =
            StructType.fromDDL("id INT, `the day` DATE, at TIMESTAMP, price DECIMAL(8,2), name STRING");

    private static final List<String[]> ROWS = List.of(
            new String[] {"7", "2025-01-31", "2025-01-31 23:30:00.000001", "-1.50", "a/b: ä=%"},
            new String[] {"-2147483648", "0001-01-01", "1969-12-31 23:59:59.999999", "0.00", ""},
            new String[] {null, null, null, null, null},
            new String[] {"8", "9999-12-31", "9999-12-31 23:59:59.000000", "999999.99", "__HIVE"});

    @ParameterizedTest
    @ValueSource(
            strings = {
                "year(`the day`)",
                "`the day`",
                "date_trunc('month', `the day`)",
                "date_format(at, 'yyyy-MM-dd HH')",
                "hour(at)",
                "id % 3",
                "name",
                "concat(year(`the day`), '-', month(`the day`), '-', coalesce(name, 'none'))",
                "CASE WHEN price > 0 THEN 'dear' WHEN price < 0 THEN 'gift' END",
                "price",
                "'all'",
                "substr(sha2(name, 256), 1, 2)"
            })
    void aFolderIsWhatSparkComputes(String expression) throws Exception {
        SparkSession session = TestLakehouse.session();
        RowExpression folder = sent(RowExpression.folder(session, SCHEMA, "the part", expression));

        for (String[] row : ROWS) {
            String value = session.createDataFrame(
                            List.<Row>of(org.apache.spark.sql.RowFactory.create((Object[]) row)),
                            StructType.fromDDL("id STRING, `the day` STRING, at STRING, price STRING, name STRING"))
                    .selectExpr(Arrays.stream(SCHEMA.fields())
                            .map(field -> "CAST(`" + field.name() + "` AS "
                                    + field.dataType().sql() + ") AS `" + field.name() + "`")
                            .toArray(String[]::new))
                    .select(functions.expr(expression).cast("string"))
                    .head()
                    .getString(0);
            assertThat(folder.of(texts(row)))
                    .isEqualTo("the part="
                            + (value == null || value.isEmpty() ? "__HIVE_DEFAULT_PARTITION__" : escaped(value)));
        }
    }

    private static String escaped(String value) {
        return value.replace("%", "%25").replace("/", "%2F").replace(":", "%3A").replace("=", "%3D");
    }

    private static byte[][] texts(String[] row) {
        return Arrays.stream(row)
                .map(text -> text == null ? null : text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static RowExpression sent(RowExpression expression) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(expression);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RowExpression) in.readObject();
        }
    }
}
