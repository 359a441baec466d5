package dev.lakehouse.source.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.quality.Expectation;
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
    private static final CsvInput COLOURS = new CsvInput(
            "colours",
            List.of("id", "colour"),
            Map.of("color", "colour"),
            List.of(new Expectation("id is missing", "trim(csv.id) <> ''")));

    @TempDir
    Path directory;

    @Test
    void aColumnMayHaveAnotherNameInEachFile() throws IOException {
        write("a.csv", "id,colour\n1,red\n");
        write("b.csv", "\"ID\", Color\n2,blue\n,green\n");

        assertThat(shown(COLOURS.judged(TestLakehouse.session(), directory.toString(), scratch())))
                .containsExactly("1 red []", "2 blue []", "null green [id is missing]");
    }

    @Test
    void onlyTheGivenFilesAreRead() throws IOException {
        write("a.csv", "id,colour\n1,red\n");
        write("b.csv", "what is this\n");

        assertThat(shown(COLOURS.judged(TestLakehouse.session(), listed("a.csv"), scratch())))
                .containsExactly("1 red []");
    }

    @Test
    void aHeaderWithAColumnTwiceOrInAnotherOrderIsRefused() throws IOException {
        write("twice.csv", "id,colour,color\n1,red,red\n");
        write("order.csv", "colour,id\nred,1\n");

        for (String file : List.of("twice.csv", "order.csv")) {
            assertThatThrownBy(() -> COLOURS.judged(TestLakehouse.session(), listed(file), scratch()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(file + " is not that of colours")
                    .hasMessageContaining("expected is 'id,colour'");
        }
    }

    @Test
    void aFolderWithoutAFileIsAUsersMistake() throws IOException {
        write("empty.csv", "");

        assertThatThrownBy(() -> COLOURS.judged(TestLakehouse.session(), directory.toString(), scratch()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There are no colours in " + directory);
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

    private String scratch() {
        return directory.resolve("_scratch").toString();
    }

    private static List<String> shown(Dataset<Row> rows) {
        return rows
                .orderBy(TextFiles.FILE, TextFiles.LINE)
                .selectExpr("csv.id", "csv.colour", "array_join(_reasons, '; ')")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0) + " " + row.getString(1) + " [" + row.getString(2) + "]")
                .toList();
    }
}
