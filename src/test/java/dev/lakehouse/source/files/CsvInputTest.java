package dev.lakehouse.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.task.ScratchSpace;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all CSV inputs have in common; what bad rows become is tested where they are used. */
class CsvInputTest {
    private static final CsvInput COLOURS =
            new CsvInput("colours", List.of("id", "colour"), Map.of("color", "colour"), Map.of());

    @TempDir
    Path directory;

    @Test
    void aColumnMayHaveAnotherNameInEachFile() throws IOException {
        write("a.csv", "id,colour\n1,red\n");
        write("b.csv", "\"ID\", Color\n2,blue\n,green\n");

        assertThat(shown(COLOURS.read(TestLakehouse.session(), listed(""), scratch(), LineLimit.of("64MB"))
                        .rows()))
                .containsExactly("1 red []", "2 blue []", "null green []");
    }

    @Test
    void onlyTheGivenFilesAreRead() throws IOException {
        write("a.csv", "id,colour\n1,red\n");
        write("b.csv", "what is this\n");

        assertThat(shown(COLOURS.read(TestLakehouse.session(), listed("a.csv"), scratch(), LineLimit.of("64MB"))
                        .rows()))
                .containsExactly("1 red []");
    }

    @Test
    void aHeaderWithAColumnTwiceOrInAnotherOrderIsRefused() throws IOException {
        write("twice.csv", "id,colour,color\n1,red,red\n");
        write("order.csv", "colour,id\nred,1\n");

        write("good.csv", "id,colour\n1,red\n");

        CsvRows read = COLOURS.read(TestLakehouse.session(), listed(""), scratch(), LineLimit.of("64MB"));

        assertThat(shown(read.rows())).containsExactly("1 red []");
        assertThat(read.refused().files())
                .extracting(RefusedFile::cause)
                .hasSize(2)
                .allMatch(cause ->
                        cause.contains(".csv is not that of colours") && cause.contains("but 'id,colour' is expected"));
    }

    /** Written by other rules: ClickHouse/ClickHouse#10624. */
    @Test
    void aRowByOtherRulesIsInQuarantineAndCostsNoOther() throws IOException {
        write("a.csv", """
                id,colour
                1,"red \\" one"
                2,"blue"
                3,"red \\""
                4,"green, ""deep""\"
                5,"red"x
                6,re"d
                7,"several
                lines"
                8, "red"
                9,"open
                10,red
                11,re""d
                12,"C:\\red"
                """);

        assertThat(shown(COLOURS.read(TestLakehouse.session(), listed(""), scratch(), LineLimit.of("64MB"))
                        .rows()))
                .containsExactly(
                        "null null [a quote is escaped by a backslash, not doubled]",
                        "2 blue []",
                        "null null [a quote is escaped by a backslash, not doubled]",
                        "4 green, \"deep\" []",
                        "null null [text follows the quote that closes a field]",
                        "null null [a quote stands in a field that is not quoted]",
                        "7 several\nlines []",
                        "null null [a quote stands in a field that is not quoted]",
                        "null null [a quoted field is not closed]",
                        "10 red []",
                        "null null [a quote stands in a field that is not quoted]",
                        "12 C:\\red []");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private List<String> listed(String name) {
        return TextFiles.at(
                        TestLakehouse.session(), List.of(directory.resolve(name).toString()))
                .select(TextFiles.FILE)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private ScratchSpace scratch() {
        return new ScratchSpace(directory.resolve("_scratch").toString());
    }

    private static List<String> shown(Dataset<Row> rows) {
        return rows
                .orderBy(TextFiles.FILE, TextFiles.LINE)
                .selectExpr("csv.id", "csv.colour", "array_join(_faults, '; ')")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0) + " " + row.getString(1) + " [" + row.getString(2) + "]")
                .toList();
    }
}
