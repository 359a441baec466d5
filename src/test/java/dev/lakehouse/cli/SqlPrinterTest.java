package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results of SQL as people and programs get them. */
final class SqlPrinterTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @Test
    void csvQuotesWhereItMustAndHasAHeader() {
        assertThat(printed("SELECT 1 AS `n,1`, 'a,\"b\"' AS t, '' AS e, NULL AS n, array(1, 2) AS a", SqlFormat.CSV))
                .isEqualTo("\"n,1\",t,e,n,a\n1,\"a,\"\"b\"\"\",\"\",,\"[1,2]\"\n");
    }

    @Test
    void jsonHasAnObjectALineWithItsNulls() {
        assertThat(printed("SELECT id, IF(id = 0, NULL, 'ä') AS t FROM range(2) ORDER BY id", SqlFormat.JSON))
                .isEqualTo("{\"id\":0,\"t\":null}\n{\"id\":1,\"t\":\"ä\"}\n");
    }

    @Test
    void aTableAlignsNumbersToTheRight() {
        assertThat(printed(
                        "SELECT * FROM VALUES (1, 'long text', NULL), (1000, 'x', 2.5) AS t(n, text, d)",
                        SqlFormat.TABLE))
                .isEqualTo("""
                           n  text          d
                        ---------------------
                           1  long text  NULL
                        1000  x           2.5
                        (2 rows)
                        """);
    }

    @Test
    void severalStatementsAndNamedParametersRun() {
        assertThat(printed("SELECT :a AS a; -- first\nSELECT 2 AS b;\n", SqlFormat.CSV))
                .isEqualTo("a\n7\nb\n2\n");
    }

    @Test
    void aMistakeIsExplained() {
        assertThatThrownBy(() -> printed("SELECT * FROM nowhere.nothing", SqlFormat.TABLE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be run")
                .hasMessageContaining("nothing")
                .hasMessageContaining("SHOW TABLES");
    }

    @Test
    void aStatementThatIsNoSqlIsExplainedByWhereItBreaks() {
        assertThatThrownBy(() -> printed("selec 1", SqlFormat.TABLE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("why:  [PARSE_SYNTAX_ERROR] Syntax error at or near 'selec'")
                .hasMessageContaining("line 1");
    }

    private String printed(String sql, SqlFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Tables tables = Tables.at(TestLakehouse.session(), lakehouse.warehouse());
        new SqlPrinter(TestLakehouse.session(), tables, out).text(sql, Map.of("a", "7"), format);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
