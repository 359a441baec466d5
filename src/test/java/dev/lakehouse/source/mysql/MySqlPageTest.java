package dev.lakehouse.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

/** The page about MySQL tables, read from the project, beside the code. */
class MySqlPageTest {
    private static final Path PAGE = Path.of(System.getProperty("lakehouse.root"), "docs/mysql.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern DIGITS = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)");
    private static final int TYPES_OF_MYSQL_AND_MARIADB = 44;

    /** A column of a type as information_schema describes it. */
    private static ColumnDefinition column(String type) {
        Matcher digits = DIGITS.matcher(type);
        boolean sized = digits.find();
        return new ColumnDefinition(
                "c",
                type.toLowerCase(Locale.ROOT).replaceFirst("[( ].*", ""),
                type.toLowerCase(Locale.ROOT),
                true,
                sized ? Integer.parseInt(digits.group(1)) : 0,
                sized && digits.group(2) != null ? Integer.parseInt(digits.group(2)) : 0,
                "");
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    @Test
    void theTableOfTypesIsTheMapping() throws IOException {
        int types = 0;
        String page = Files.readString(PAGE);
        for (String line : page.substring(0, page.indexOf("## Keys"))
                .lines()
                .filter(l -> l.startsWith("| `"))
                .toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length > 3
                    && (code(cells[2]).size() == 1 || cells[2].trim().equals("the same"))) {
                for (String type : code(cells[1])) {
                    String expected = code(cells[2]).stream().findFirst().orElse(type);
                    assertThat(TypeMapping.of(column(type)).sparkType().sql())
                            .as(type)
                            .isEqualTo(expected);
                    types++;
                }
            }
        }
        assertThat(types).isGreaterThanOrEqualTo(TYPES_OF_MYSQL_AND_MARIADB);
    }

    @Test
    void theExpressionForATimePrintsItAsMySqlDoes() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```sql") + "```sql".length();
        String expression = page.substring(from, page.indexOf("```", from));

        assertThat(TestLakehouse.session()
                        .sql("SELECT " + expression + " FROM VALUES (0L), (-3020399999999L), (3020399000000L),"
                                + " (-1L), (61000001L) AS t(c)")
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactly(
                        "00:00:00.000000",
                        "-838:59:59.999999",
                        "838:59:59.000000",
                        "-00:00:00.000001",
                        "00:01:01.000001");
    }
}
