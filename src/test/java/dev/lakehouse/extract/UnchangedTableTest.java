package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A table that is equal to its newest extract is not copied; whatever else differs makes a new extract. */
class UnchangedTableTest {
    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE goods (id INT PRIMARY KEY, name VARCHAR(50))",
                    "INSERT INTO goods SELECT seq, CONCAT('article ', seq) FROM seq_1_to_10");
    private final Landing landing =
            Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "goods");

    private String extract(String... options) {
        return lakehouse.extract("goods", options);
    }

    @Test
    void itIsProvenToBeEqualAtALaterInstantAndNothingIsWritten() {
        extract("--range-rows=4");
        Manifest first = landing.manifest(1);
        Instant before = Instant.now();

        assertThat(extract("--range-rows=4"))
                .contains("unchanged   goods = extract 1: 10 rows, checksum " + first.checksum())
                .doesNotContain("wrote");

        assertThat(landing.claimed()).containsExactly(1L);
        assertThat(landing.provenAt(first)).isAfter(before).isAfter(Instant.parse(first.snapshotAt()));
        assertThat(lakehouse.ledger("extract, rows_read, rows_written, checksum", "task = 'ExtractTable'"))
                .containsExactly("1|10|10|" + first.checksum(), "1|10|0|" + first.checksum());
    }

    @Test
    void otherRowsColumnsOrSettingsMakeANewExtract() {
        extract();
        lakehouse.mysql("UPDATE goods SET name = 'changed' WHERE id = 10");
        assertThat(extract()).contains("of extract 2");
        lakehouse.mysql("UPDATE goods SET id = 11 WHERE id = 10");
        assertThat(extract()).contains("of extract 3");
        lakehouse.mysql("DELETE FROM goods WHERE id = 11");
        assertThat(extract()).contains("of extract 4");
        lakehouse.mysql("ALTER TABLE goods MODIFY name VARCHAR(60)");
        assertThat(extract()).contains("of extract 5");
        lakehouse.mysql("ALTER TABLE goods DROP PRIMARY KEY, ADD PRIMARY KEY (id, name)");
        assertThat(extract()).contains("of extract 6");
        assertThat(extract("--sort=name")).contains("of extract 7");
        assertThat(extract("--sort=name", "--partition=kind=id % 2")).contains("of extract 8");
        assertThat(extract("--sort=name", "--partition=kind=id % 2")).contains("unchanged");
        assertThat(extract("--sort=name", "--partition=kind=id % 3")).contains("of extract 9");
    }

    @Test
    void keptDatesThatAreNotInTheCalendarAreComparedAsWell() {
        lakehouse.mysql(
                "SET SESSION sql_mode = ''",
                "CREATE TABLE posts (id INT PRIMARY KEY, at DATETIME, d DATE)",
                "INSERT INTO posts VALUES (1, '0000-00-00', NULL), (2, NULL, '2024-02-00'), (3, NULL, NULL)");
        String[] options = {"--invalid-dates=quarantine", "--range-rows=2"};
        assertThat(lakehouse.extract("posts", options)).contains("of extract 1");
        assertThat(lakehouse.extract("posts", options)).contains("unchanged   posts = extract 1: 3 rows");

        // The row checksums stay the same, since both are copied as NULL; so does the number of such dates.
        lakehouse.mysql(
                "SET SESSION sql_mode = ''",
                "UPDATE posts SET at = NULL WHERE id = 1",
                "UPDATE posts SET at = '0000-00-00' WHERE id = 3");
        assertThat(lakehouse.extract("posts", options)).contains("of extract 2");
        lakehouse.mysql("SET SESSION sql_mode = ''", "UPDATE posts SET d = '2024-03-00' WHERE id = 2");
        assertThat(lakehouse.extract("posts", options)).contains("of extract 3");
        assertThat(lakehouse.extract("posts", options)).contains("unchanged   posts = extract 3");
    }

    @Test
    void aDateThatBecomesInvalidDuringAnExtractIsReadAgain() {
        lakehouse.mysql("CREATE TABLE posts (id INT PRIMARY KEY, at DATETIME)", "INSERT INTO posts VALUES (1, NULL)");
        FailPoint.once(
                "extract.written",
                () -> lakehouse.mysql("SET SESSION sql_mode = ''", "UPDATE posts SET at = '0000-00-00'"));

        assertThat(lakehouse.extract("posts", "--invalid-dates=quarantine")).contains("1 row copied again");
        lakehouse.load("posts");

        assertThat(lakehouse.query("SELECT id FROM lake.posts_quarantine")).containsExactly("1");
    }

    @Test
    void anExtractWhoseFilesAreNotItsOwnIsReplaced() {
        extract();
        String file =
                landing.directory(1) + "/" + landing.manifest(1).files().get(0).path();
        FileStore.of(file).delete(file);
        assertThat(extract()).contains("of extract 2");

        FileStore.of(file).create(landing.directory(2) + "/part-stranger.parquet", new byte[] {1});
        assertThat(extract()).contains("of extract 3");

        String manifest = lakehouse.landing("goods", "_manifests/000003.json");
        FileStore.of(manifest).replace(manifest, out -> out.write("damaged".getBytes(StandardCharsets.UTF_8)));
        assertThat(extract()).contains("of extract 4");
    }

    @Test
    void anExtractOfAnEarlierFormatIsReplacedBecauseItsSettingsAreUnknown() {
        extract();
        String location = lakehouse.landing("goods", "_manifests/000001.json");
        String earlier = FileStore.of(location)
                .text(location)
                .replaceFirst("\"format\" : 4", "\"format\" : 2")
                .replaceFirst("(?s)  \"layout\" : \\{.*?\\},\n", "");
        FileStore.of(location).replace(location, out -> out.write(earlier.getBytes(StandardCharsets.UTF_8)));
        assertThat(landing.manifest(1).layout()).isNull();

        assertThat(extract()).contains("of extract 2");
    }
}
