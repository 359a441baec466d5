package dev.lakehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of a finished extract that are not what was written: refused, the target unchanged, mended by a new extract. */
class DamagedExtractTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO shop SELECT seq, CONCAT('article ', seq) FROM seq_1_to_20");

    @BeforeEach
    void loadOneAndExtractAnother() {
        lakehouse.extract("shop");
        lakehouse.load("shop");
        lakehouse.mysql("UPDATE shop SET name = 'changed'");
        lakehouse.extract("shop");
    }

    @Test
    void aFileWithOtherBytesIsRefused() {
        byte[] content = read(dataFile());
        content[content.length / 2] ^= 1;
        replace(dataFile(), content);

        assertRefused("is not the one that was extracted", "SHA-256 differs");
    }

    @Test
    void aFileThatWasCutIsRefused() {
        byte[] content = read(dataFile());
        replace(dataFile(), Arrays.copyOf(content, content.length - 10));

        assertRefused("is not the one that was extracted", "the manifest says " + content.length);
    }

    @Test
    void aFileThatIsMissingIsRefused() {
        FileStore.of(dataFile()).delete(dataFile());

        assertRefused("is not the one that was extracted", "The file is missing");
    }

    @Test
    void aManifestThatWasCutIsRefused() {
        byte[] content = read(manifest());
        replace(manifest(), Arrays.copyOf(content, content.length * 2 / 3));

        assertRefused("cannot be used", "cut short");
    }

    @Test
    void anEmptyManifestIsRefused() {
        replace(manifest(), new byte[0]);

        assertRefused("cannot be used", "cut short");
    }

    @Test
    void aManifestThatContradictsItselfIsRefused() {
        String content = new String(read(manifest()), StandardCharsets.UTF_8);
        replace(
                manifest(),
                content.replace("\"rows\" : 20,", "\"rows\" : 21,")
                        .replaceFirst("21", "22")
                        .getBytes(StandardCharsets.UTF_8));

        assertRefused("cannot be used", "do not add up");
    }

    @Test
    void aFileThatTheManifestDoesNotListIsNotLoaded() {
        String stranger = dataFile().replaceFirst("part-", "part-9");
        FileStore.of(stranger).create(stranger, read(dataFile()));

        assertThat(lakehouse.load("shop")).contains("20 updated");
    }

    private void assertRefused(String problem, String cause) {
        long version = lakehouse.version("lake.shop");
        assertThatThrownBy(() -> lakehouse.load("shop"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(cause)
                .hasMessageContaining("Run the extract again");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);

        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop")).contains("Extract 2 is superseded").contains("20 updated");
    }

    private String manifest() {
        return lakehouse.landing("shop", "_manifests/000002.json");
    }

    private String dataFile() {
        String directory = lakehouse.landing("shop", "extract=000002");
        return FileStore.of(directory).filesBelow(directory).get(0).location();
    }

    private static byte[] read(String location) {
        try (var in = FileStore.of(location).open(location)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void replace(String location, byte[] content) {
        FileStore files = FileStore.of(location);
        files.delete(location);
        files.create(location, content);
    }
}
