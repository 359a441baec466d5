package dev.lakehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.task.TaskContext;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sequence of every load of files, and what stops do to it. Products only test what is their own. */
class FileLoadTest {
    @TempDir
    Path folder;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @BeforeEach
    void createTables() {
        TaskContext context = TaskContexts.of(lakehouse);
        ColourLoad.DDL.forEach((table, ddl) -> context.tables().create(table.name(), ddl));
    }

    @Test
    void goodRowsAreMergedBadOnesQuarantinedAndFilesRecorded() throws IOException {
        write("a.csv", "1,red", "2,blue", ",nobody", "1,red", "2,green");

        assertThat(load())
                .contains("1 file in ", "1 to load")
                .contains("changed     2 inserted, 0 updated, 0 deleted")
                .contains("quarantined 2 rows")
                .contains("where ");

        assertThat(colours()).containsExactly("1|red", "2|blue");
        assertThat(quarantine()).containsExactly("4|id is missing", "6|another colour than before");
        assertThat(lakehouse.ledger("table_name, rows_read, rows_inserted, rows_quarantined", "task = 'ColourLoad'"))
                .containsExactly("lake.colours|5|2|2");

        List<Long> before = versions();
        assertThat(load()).contains("none to load");
        assertThat(versions()).as("what is recorded is not read again").isEqualTo(before);
        String scratch = folder + "/_scratch";
        assertThat(FileStore.of(scratch).filesBelow(scratch)).isEmpty();
    }

    @Test
    void aRefusedFileIsNamedInEachRunAfterTheOthersAreLoaded() throws IOException {
        write("a.csv", "1,red", ",nobody");
        write("b.csv", ",nobody else");
        Files.writeString(folder.resolve("in/refused.csv"), "something else\n");

        assertThatThrownBy(this::load)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("A file cannot be loaded")
                .hasMessageContaining("refused.csv")
                .hasMessageContaining("The other files are loaded.");
        assertThat(colours()).containsExactly("1|red");
        assertThat(quarantine()).containsExactly("2|id is missing", "3|id is missing");
        assertThat(lakehouse.ledger("outcome, rows_inserted", "task = 'ColourLoad'"))
                .containsExactly("failed|1");

        write("a.csv", "1,red", "2,blue", "3,green");
        assertThatThrownBy(this::load).hasMessageContaining("refused.csv");
        assertThat(colours()).as("a file that changed is read again").containsExactly("1|red", "2|blue", "3|green");
        assertThat(quarantine()).as("of its present state").containsExactly("2|id is missing");
    }

    /** Each stop begins with what the one before it has left. */
    @Tag("e2e")
    @Test
    void runsThatStoppedAnywhereAreCompletedByThePlainNextOne() throws IOException {
        write("a.csv", "1,red", "2,blue", "1,green", ",nobody");
        for (String point : List.of("read", "colours_quarantine", "colours", "colour_files")) {
            FailPoint.once("ColourLoad." + point, () -> {
                throw new IllegalStateException("stopped at " + point);
            });
            assertThatThrownBy(this::load).hasMessage("stopped at " + point);
        }

        load();

        assertThat(colours()).containsExactly("1|red", "2|blue");
        assertThat(quarantine()).containsExactly("4|another colour than before", "5|id is missing");
        assertThat(versions())
                .as("each table got one commit, behind the one that created it")
                .containsOnly(1L);
    }

    @Tag("e2e")
    @Test
    void ofTwoRunsAtTheSameTimeTheSlowerOneBeginsAnew() throws IOException {
        write("a.csv", "1,red", "2,blue", ",nobody");
        FailPoint.once("ColourLoad.colours", this::load);

        load();

        assertThat(colours()).containsExactly("1|red", "2|blue");
        assertThat(quarantine()).containsExactly("4|id is missing");
        assertThat(lakehouse.query("SELECT count(*) FROM lake.colour_files")).containsExactly("1");
    }

    private void write(String name, String... rows) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "id,colour\n" + String.join("\n", rows) + "\n");
    }

    private String load() {
        return lakehouse.task(
                ColourLoad::main, List.of("--input=" + folder.resolve("in"), "--scratch=" + folder + "/_scratch"));
    }

    private List<String> colours() {
        return lakehouse.query("SELECT id, colour FROM lake.colours ORDER BY id");
    }

    private List<String> quarantine() {
        return lakehouse.query("SELECT _line, array_join(_reasons, ', ') FROM lake.colours_quarantine ORDER BY 1");
    }

    private List<Long> versions() {
        return ColourLoad.DDL.keySet().stream()
                .map(table -> lakehouse.version(table.toString()))
                .toList();
    }
}
