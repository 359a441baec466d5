package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.secrets.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of pseudonyms in a person's hands; nothing here starts a server or Spark. */
@Tag("cli")
final class KeysCommandTest {
    @TempDir
    Path directory;

    @Test
    void pseudonymsAreRevealedAndRenewedAcrossARotationByWhoHoldsTheKeysOnly() throws Exception {
        Launcher lakehouse = Launcher.in(directory);
        Path keyset = directory.resolve(".lakehouse/keys/pseudonyms");

        assertThat(lakehouse.run("reveal", "A".repeat(28)).err()).contains("There are no keys in the home");
        assertThat(lakehouse.run("keys", "rotate").out()).matches("New pseudonyms use the key [0-9a-f]{8}\\.\n.*\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        String old = pseudonyms(keyset).pseudonym("ada@example.org");

        assertThat(lakehouse.run("keys", "rotate").out()).contains(" stay readable.");
        String renewed = pseudonyms(keyset).pseudonym("ada@example.org");
        assertThat(lakehouse.run("reveal", old, renewed).out()).isEqualTo("ada@example.org\nada@example.org\n");
        Path list = Files.writeString(directory.resolve("old"), old + "\n\n");
        assertThat(lakehouse.run("keys", "renew", list.toString()).out()).isEqualTo(old + "," + renewed + "\n");

        Path stranger =
                Files.writeString(directory.resolve("stranger"), Keyset.create().secretText());
        Ended refused = lakehouse.run("reveal", "--keyset", "file:" + stranger, old);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("error: The pseudonym cannot be read with this keyset.");
        assertThat(lakehouse.run("reveal", old, "ada@example.org").err())
                .contains("error: The text is not a pseudonym.")
                .doesNotContain("ada@");
    }

    private static Pseudonyms pseudonyms(Path keyset) {
        return Pseudonyms.of("email", Keyset.read(SecretReference.file(keyset)));
    }
}
