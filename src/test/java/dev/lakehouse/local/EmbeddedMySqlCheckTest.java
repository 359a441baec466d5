package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Here the embedded server runs, as other tests show. */
final class EmbeddedMySqlCheckTest {
    @TempDir
    Path temp;

    @Test
    void aSystemOnWhichTheServerRunsLacksNothing() {
        assertThat(EmbeddedMySqlCheck.version(temp.resolve("home"))).isEqualTo(MariaDbFiles.VERSION);

        assertThat(temp).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theCheckedLibrariesAreThoseOfTheProgram() throws Exception {
        Path program = MariaDbFiles.programs(TestHomes.prepared(temp)).resolve("bin/mariadbd");

        Process loader = new ProcessBuilder("ldd", program.toString()).start();

        assertThat(new String(loader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(EmbeddedMySqlCheck.LIBRARIES);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void missingLibrariesAreNamedWithTheirPackages() {
        assertThatThrownBy(() -> EmbeddedMySqlCheck.checkLinux(List.of("libstdc++.so.6", "libnone.so.9")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("lacks libraries that it needs: libnone.so.9.")
                .hasMessageContaining("apt-get install");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProgramThatMayNotBeRunIsNamed() throws Exception {
        Path program = MariaDbFiles.programs(temp).resolve("bin/mariadbd");
        Files.createDirectories(program.getParent());
        Files.writeString(program, "");

        assertThatThrownBy(() -> EmbeddedMySqlCheck.version(temp))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("may not run " + program)
                .hasMessageContaining("noexec");
    }
}
