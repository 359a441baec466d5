package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeAccessTest {
    @TempDir
    Path temp;

    @Test
    void aHomeThatDoesNotExistCanBeUsedAndIsNotCreated() {
        assertThatCode(() -> HomeAccess.check(temp.resolve("a/b"))).doesNotThrowAnyException();

        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aHomeThatAnotherProcessHasOpenIsInUseUntilThatEnds() throws Exception {
        Path directory = temp.resolve("home");
        Process other = OtherProcess.start(OpenAndWait.class, directory.toString());
        try {
            assertThat(other.getInputStream().read()).isEqualTo('o');

            assertThatThrownBy(() -> HomeAccess.check(directory))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is in use")
                    .hasMessageContaining("(process " + other.pid() + ")");
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThatCode(() -> HomeAccess.check(directory)).doesNotThrowAnyException();
    }

    @Test
    void aCheckLeavesTheLockOfThisProcessInPlace() throws IOException {
        Path directory = temp.resolve("home");
        try (Home home = Home.open(directory)) {
            assertThatThrownBy(() -> HomeAccess.check(home.directory()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is in use");

            assertThat(OtherProcess.run(HomeTest.OpenHome.class, directory.toString()))
                    .contains("in use");
        }
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> HomeAccess.check(file.resolve("home")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The home cannot be used: " + file)
                .hasMessageContaining("--home");
    }

    @Test
    void aReadOnlyDirectoryIsNamed() throws IOException {
        Path readOnly = Files.createDirectory(
                temp.resolve("read-only"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeThat(Files.isWritable(readOnly)).as("root may write everywhere").isFalse();

        assertThatThrownBy(() -> HomeAccess.check(readOnly.resolve("home")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The home cannot be used: " + readOnly);
    }

    static final class OpenAndWait {
        public static void main(String[] arguments) throws IOException {
            try (Home home = Home.open(Path.of(arguments[0]))) {
                System.out.print(home.directory().toString().isEmpty() ? "" : "o");
                System.out.flush();
                System.in.read();
            }
        }
    }
}
