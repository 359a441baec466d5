package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeTest {
    @TempDir
    Path temp;

    @Test
    void aSecondCommandInThisProcessIsRefusedUntilTheFirstHasEnded() {
        Path directory = temp.resolve("home");
        try (Home first = Home.open(directory)) {
            assertThatThrownBy(() -> Home.open(directory.resolve("../home")))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("The home " + first.directory() + " is in use.")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--home");
        }
        Home.open(directory).close();
    }

    @Test
    void aCommandInAnotherProcessIsRefusedEvenAfterASecondAttemptHere() throws Exception {
        Path directory = temp.resolve("home");
        try (Home first = Home.open(directory)) {
            assertThatThrownBy(() -> Home.open(first.directory())).isInstanceOf(UserError.class);

            assertThat(OtherProcess.run(OpenHome.class, directory.toString()))
                    .contains("in use")
                    .contains("(process " + ProcessHandle.current().pid() + ")");
        }
        assertThat(OtherProcess.run(OpenHome.class, directory.toString())).isEqualTo("opened");
    }

    @Test
    void aSecretIsMadeOnceAndIsItsOwnersAlone() throws IOException {
        String secret;
        try (Home home = Home.open(temp.resolve("home"))) {
            secret = home.secret("one").resolve();
            assertThat(secret).matches("[A-Za-z0-9_-]{32}");
            assertThat(home.secret("one").resolve()).isEqualTo(secret);
            assertThat(home.secret("two").resolve()).isNotEqualTo(secret);
            assertThat(home.secret("one"))
                    .hasToString("file:" + home.directory().resolve("keys/one"));
            assertThat(permissions(home.directory())).isEqualTo("rwx------");
            assertThat(permissions(home.directory().resolve("keys"))).isEqualTo("rwx------");
            assertThat(permissions(home.directory().resolve("keys/one"))).isEqualTo("rw-------");
        }
        try (Home later = Home.open(temp.resolve("home"))) {
            assertThat(later.secret("one").resolve()).isEqualTo(secret);
        }
    }

    @Test
    void aFileInTheWayOfTheHomeIsAUsersError() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> Home.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The home cannot be used: " + file);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    static final class OpenHome {
        public static void main(String[] arguments) {
            try (Home home = Home.open(Path.of(arguments[0]))) {
                System.out.print(home.directory().toString().isEmpty() ? "" : "opened");
            } catch (UserError e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
