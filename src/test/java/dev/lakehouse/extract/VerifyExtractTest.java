package dev.lakehouse.extract;

import static dev.lakehouse.testing.StoredBytes.flipAByte;
import static dev.lakehouse.testing.StoredBytes.read;
import static dev.lakehouse.testing.StoredBytes.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class VerifyExtractTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO shop VALUES (1, 'ink'), (2, 'pen'), (3, NULL)");

    private String verify() {
        return lakehouse.task(VerifyExtract::main, List.of("--table=shop", "--landing=" + lakehouse.landing()));
    }

    private void extract() {
        lakehouse.extract("shop", "--range-rows=1");
    }

    @Test
    void theNewestExtractIsVerified() {
        extract();
        lakehouse.extractAnew("shop");

        assertThat(verify()).contains("verified    extract 2: ").contains("3 rows, checksum ");
        assertThat(lakehouse.ledger("extract, rows_read", "task = 'VerifyExtract'"))
                .containsExactly("2|3");
    }

    @Test
    void withoutAnExtractThereIsNothingToVerify() {
        assertThatThrownBy(this::verify)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no extract of 'shop'")
                .hasMessageContaining("Run the extract first");
    }

    @Test
    void aFileThatIsNotListedIsNamed() {
        extract();
        String stranger = dataFile().replaceFirst("part-", "part-9");
        FileStore.of(stranger).create(stranger, read(dataFile()));

        assertThatThrownBy(this::verify)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not match its manifest")
                .hasMessageContaining("files that the manifest does not list: part-9");
    }

    @Test
    void aDamagedFileIsRefused() {
        extract();
        flipAByte(dataFile());

        assertThatThrownBy(this::verify).isInstanceOf(UserError.class).hasMessageContaining("SHA-256 differs");
    }

    @Test
    void aManifestThatSaysSomethingElseOfARangeIsFound() {
        extract();
        // Rows move from one range to the next: the totals stay the same.
        changeManifest(text -> text.replaceFirst(
                "\"rows\" : 1,(\\s+\"checksum\" : \"-?\\d+\"\\s+}, \\{\\s+)\"rows\" : 1",
                "\"rows\" : 0,$1\"rows\" : 2"));

        assertThatThrownBy(this::verify)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Key range 1 has 1 row with checksum")
                .hasMessageContaining("but 0 rows")
                .hasMessageContaining("Key range 2 has 1 row with checksum");
    }

    @Test
    void ofAVerifiedExtractOnlyTheBytesAreComparedUntilItsManifestChanges() {
        String before = "; the bytes are those whose rows were verified before";
        extract();
        assertThat(verify()).doesNotContain(before);
        assertThat(verify()).contains("3 rows").contains(before);

        changeManifest(text -> text.replaceFirst("\"comment\" : \"\"", "\"comment\" : \"new\""));
        assertThat(verify()).doesNotContain(before);
        flipAByte(dataFile());
        assertThatThrownBy(this::verify).isInstanceOf(UserError.class).hasMessageContaining("SHA-256 differs");
    }

    private void changeManifest(UnaryOperator<String> change) {
        String location = lakehouse.landing("shop", "_manifests/000001.json");
        String before = new String(read(location), StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        replace(location, after.getBytes(StandardCharsets.UTF_8));
    }

    private String dataFile() {
        String folder = lakehouse.landing("shop", "extract=000001");
        return FileStore.of(folder).filesBelow(folder).stream()
                .filter(file -> file.name().endsWith(".parquet"))
                .findFirst()
                .orElseThrow()
                .location();
    }
}
