package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a person names on the command line, as a task takes them. */
final class InputFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectory(folder.resolve("2024 [jan]"));
        Files.createFile(folder.resolve("2024 [jan]/a.pdf"));
        Files.createFile(folder.resolve("b.pdf"));
    }

    @Test
    void aFileOrFolderIsItselfAlsoWithSignsOfAGlobInItsName() {
        assertThat(location("b.pdf")).isEqualTo("file:" + folder + "/b.pdf");
        assertThat(location("2024 [jan]/../b.pdf")).isEqualTo("file:" + folder + "/b.pdf");
        assertThat(location("2024 [jan]")).isEqualTo("file:" + folder + "/2024 \\[jan\\]");
    }

    @Test
    void aGlobFitsAFileAtLeast() {
        assertThat(location("*.pdf")).isEqualTo("file:" + folder + "/*.pdf");
        assertThat(location("2024*/?.pdf")).isEqualTo("file:" + folder + "/2024*/?.pdf");
    }

    @Test
    void aLocationWithASchemeIsTakenAsItIs() {
        assertThat(InputFiles.location("s3a://bucket/inbox/*.pdf")).isEqualTo("s3a://bucket/inbox/*.pdf");
    }

    @Test
    void whatFitsNothingIsAMistake() {
        for (String missing : new String[] {"c.pdf", "*.txt", "no/such/*.pdf"}) {
            assertThatThrownBy(() -> location(missing))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("There is no file '")
                    .hasMessageContaining("Put a glob in quotes");
        }
    }

    private String location(String name) {
        return InputFiles.location(folder.resolve(name).toString());
    }
}
