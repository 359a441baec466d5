package dev.lakehouse.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.SpecifiedSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A specification says what the DDL files say; {@link DdlTest} holds the tables to these. With
 * {@code -Dlakehouse.specification=write} the pages are written first.
 */
class SpecificationTest {
    private static final boolean WRITE = "write".equals(System.getProperty("lakehouse.specification"));

    static Stream<String> schemas() {
        return DdlFile.all().stream().map(file -> file.name().schema()).distinct();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aPageHasOneSectionOfEachTable(String schema) throws IOException {
        SpecificationPage page = SpecificationPage.of(schema);

        assertThat(page.tables())
                .as(
                        "sections of %s, each between the lines <!-- generated from TABLE.sql --> and <!-- end -->",
                        page.file())
                .containsExactlyInAnyOrderElementsOf(
                        tables(schema).stream().map(file -> file.name().table()).toList());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void itsSectionsAreGeneratedFromTheDdl(String schema) throws IOException {
        SpecificationPage page = SpecificationPage.of(schema);
        String regenerated = page.regenerated(tables(schema), SpecifiedSamples.of(schema));
        if (WRITE) {
            Files.writeString(page.file(), regenerated);
        }

        assertThat(page.file())
                .as(
                        "%s does not say what the DDL says. This command rewrites it: %s",
                        page.file(),
                        "mvn test-compile surefire:test@default-test -Dtest=SpecificationTest -Dlakehouse.specification=write")
                .usingCharset(UTF_8)
                .hasContent(regenerated);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySampleBelongsToAColumn(String schema) {
        Map<String, Map<String, String>> samples = SpecifiedSamples.of(schema);

        tables(schema).forEach(file -> assertThat(file.columns().stream().map(Column::name))
                .containsAll(samples.getOrDefault(file.name().table(), Map.of()).keySet()));
        assertThat(tables(schema).stream().map(file -> file.name().table())).containsAll(samples.keySet());
    }

    @Test
    void textThatIsNoMarkdownStaysInItsCell() {
        DdlFile ddl = new DdlFile(new TableName("shop", "odd"), """
                CREATE TABLE shop.odd (
                  a_b ARRAY<STRING> NOT NULL COMMENT 'It''s |, `c`, *d*, _e of a_b, <f> < 1, [g](h), &lt; and C:\\\\i',
                  tag STRING COMMENT 'Tag'
                )
                COMMENT 'Odd | even';

                ALTER TABLE shop.odd ADD CONSTRAINT tags CHECK (tag RLIKE 'a|`b``');
                """);
        SpecificationPage page = new SpecificationPage(Path.of("README.md"), """
                # Shop
                <!-- generated from lost.sql -->
                Text that stays.
                <!-- generated from odd.sql -->
                Text that goes.
                <!-- end -->
                """);

        assertThat(page.regenerated(List.of(ddl), Map.of("odd", Map.of("tag", "a|b"))))
                .isEqualTo("""
                        # Shop
                        <!-- generated from lost.sql -->
                        Text that stays.
                        <!-- generated from odd.sql -->
                        ## odd
                        Odd \\| even.

                        | Column | Type | Null | Definition | Sample |
                        |---|---|---|---|---|
                        | `a_b` | `ARRAY<STRING>` | no | It's \\|, \\`c\\`, \\*d\\*, \\_e of a_b, &lt;f> < 1, \\[g](h), &amp;lt; and C:\\\\i |  |
                        | `tag` | `STRING` | yes | Tag | `a\\|b` |

                        | Constraint | Condition |
                        |---|---|
                        | `tags` | ```tag RLIKE 'a\\|`b``'``` |

                        <!-- end -->
                        """);
    }

    private static List<DdlFile> tables(String schema) {
        return DdlFile.all().stream()
                .filter(file -> file.name().schema().equals(schema))
                .toList();
    }
}
