package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.remote.StatementResult;
import dev.lakehouse.remote.StatementResult.ResultColumn;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A result prints the same, whether the statement ran here or on a warehouse. */
final class ResultPrinterTest {
    private static final String QUERY = """
            SELECT 42 AS i, -7L AS l, 12.50BD AS d, DOUBLE('NaN') AS f, true AS b, 'a,"b"' AS t, '' AS e,
                   CAST(NULL AS STRING) AS n, DATE'2026-01-31' AS day, TIMESTAMP'2026-01-31T23:59:59.123456Z' AS ts,
                   TIMESTAMP_NTZ'2026-01-31 23:59:59' AS ntz, X'00FF' AS bytes, array(1, NULL) AS a, map('k', 1.5BD) AS m,
                   named_struct('x', DATE'2026-01-31', 'y', array('ä')) AS s
            """;

    /** The same row as a warehouse sends it. */
    private static final StatementResult SENT = new StatementResult(
            List.of(
                    new ResultColumn("i", "INT"),
                    new ResultColumn("l", "BIGINT"),
                    new ResultColumn("d", "DECIMAL(4,2)"),
                    new ResultColumn("f", "DOUBLE"),
                    new ResultColumn("b", "BOOLEAN"),
                    new ResultColumn("t", "STRING"),
                    new ResultColumn("e", "STRING"),
                    new ResultColumn("n", "STRING"),
                    new ResultColumn("day", "DATE"),
                    new ResultColumn("ts", "TIMESTAMP"),
                    new ResultColumn("ntz", "TIMESTAMP_NTZ"),
                    new ResultColumn("bytes", "BINARY"),
                    new ResultColumn("a", "ARRAY<INT>"),
                    new ResultColumn("m", "MAP<STRING, DECIMAL(2,1)>"),
                    new ResultColumn("s", "STRUCT<x: DATE NOT NULL, y: ARRAY<STRING> NOT NULL>")),
            List.<String[]>of(new String[] {
                "42",
                "-7",
                "12.50",
                "NaN",
                "true",
                "a,\"b\"",
                "",
                null,
                "2026-01-31",
                "2026-01-31T23:59:59.123456Z",
                "2026-01-31T23:59:59.000",
                "AP8=",
                "[1,null]",
                "{\"k\":1.5}",
                "{\"x\":\"2026-01-31\",\"y\":[\"ä\"]}"
            }));

    @ParameterizedTest
    @EnumSource(SqlFormat.class)
    void aWarehousesResultLooksLikeOneFromHere(SqlFormat format) {
        String here = printed(TestLakehouse.session().sql(QUERY), format);

        assertThat(printed(SENT.in(TestLakehouse.session()), format)).isEqualTo(here);
        assertThat(here).contains("12.50", "2026-01-31", "ä");
    }

    private static String printed(Dataset<Row> rows, SqlFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ResultPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8)).print(rows, format);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
