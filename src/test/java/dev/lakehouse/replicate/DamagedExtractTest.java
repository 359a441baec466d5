package dev.lakehouse.replicate;

import static dev.lakehouse.testing.StoredBytes.flipAByte;
import static dev.lakehouse.testing.StoredBytes.read;
import static dev.lakehouse.testing.StoredBytes.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractReader;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files of a finished extract that are not what was written: refused, the target unchanged, corrected by a new extract. */
class DamagedExtractTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO shop SELECT seq, CONCAT('article ', seq) FROM seq_1_to_20");
    private long extract = 1;

    @Test
    void everyDamageIsRefused() {
        lakehouse.extract("shop");

        assertRefused(dataFile(), () -> flipAByte(dataFile()), "is not the file that was extracted", "SHA-256 differs");
        assertRefused(dataFile(), () -> cut(dataFile(), 10), "is not the file", "in the manifest");
        assertRefused(manifest(), () -> cut(manifest(), 300), "cannot be used", "truncated");
        assertRefused(manifest(), () -> replace(manifest(), new byte[0]), "cannot be used", "truncated");
        assertRefused(manifest(), this::claimAnotherMode, "cannot be used", "mode");
        assertRefused(manifest(), this::contradict, "cannot be used", "do not add up");
        String file = dataFile();
        assertRefused(file, () -> FileStore.of(file).delete(file), "is not the file", "The file is missing");
    }

    @Tag("e2e")
    @Test
    void aDamagedExtractLeavesTheTargetAloneAndTheNextExtractTakesItsPlace() {
        lakehouse.extract("shop");
        String stranger = dataFile().replaceFirst("part-", "part-9");
        FileStore.of(stranger).create(stranger, read(dataFile()));
        assertThat(lakehouse.load("shop"))
                .as("a file that the manifest does not list")
                .contains("20 inserted");
        lakehouse.mysql("UPDATE shop SET name = 'changed'");
        lakehouse.extract("shop");
        extract = 2;
        long version = lakehouse.version("lake.shop");

        flipAByte(dataFile());
        assertThatThrownBy(() -> lakehouse.load("shop"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not the file that was extracted")
                .hasMessageContaining("Run the extract again");
        cut(manifest(), 300);
        assertThatThrownBy(() -> lakehouse.load("shop"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("Run the extract again");
        assertThat(lakehouse.version("lake.shop")).isEqualTo(version);

        lakehouse.extract("shop");
        assertThat(lakehouse.load("shop")).contains("Extract 2 is superseded").contains("20 updated");
        assertThat(lakehouse.query("SELECT DISTINCT name, _extract FROM lake.shop"))
                .containsExactly("changed|3");
    }

    /** Does the damage, sees it refused as a load reads the extract, and makes the file whole again. */
    private void assertRefused(String file, Runnable damage, String problem, String cause) {
        byte[] whole = read(file);
        damage.run();
        assertThat(UserError.within(catchThrowable(this::verify)))
                .hasMessageContaining(problem)
                .hasMessageContaining(cause)
                .hasMessageContaining("Run the extract again");
        replace(file, whole);
        assertThatCode(this::verify).doesNotThrowAnyException();
    }

    private void verify() {
        Landing landing = Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop");
        new ExtractReader(TestLakehouse.session(), landing, landing.manifest(1)).verify();
    }

    private static void cut(String location, int bytes) {
        byte[] content = read(location);
        replace(location, Arrays.copyOf(content, content.length - bytes));
    }

    private void claimAnotherMode() {
        String content = new String(read(manifest()), StandardCharsets.UTF_8);
        replace(manifest(), content.replace("\"full\"", "\"incremental\"").getBytes(StandardCharsets.UTF_8));
    }

    private void contradict() {
        String content = new String(read(manifest()), StandardCharsets.UTF_8);
        replace(
                manifest(),
                content.replaceFirst("\"rows\" : 20,", "\"rows\" : 21,").getBytes(StandardCharsets.UTF_8));
    }

    private String manifest() {
        return lakehouse.landing("shop", "_manifests/00000" + extract + ".json");
    }

    private String dataFile() {
        String directory = lakehouse.landing("shop", "extract=00000" + extract);
        return FileStore.of(directory).filesBelow(directory).get(0).location();
    }
}
