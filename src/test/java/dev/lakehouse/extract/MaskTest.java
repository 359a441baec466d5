package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.privacy.Keyset;
import dev.lakehouse.privacy.Pseudonyms;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.storage.StoredFile;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extracts in which values of columns are replaced before they reach a file. */
class MaskTest {
    private static final int ROWS = 40;
    private static final List<String> COLUMNS = List.of(
            "email", "salary", "born", "photo", "flags", "doc", "seen", "note", "price", "ratio", "took", "kind");

    private final Keyset keyset = Keyset.create();
    private final TestLakehouse lakehouse = TestLakehouse.fresh();
    private final String key = "--mask-key=" + lakehouse.secretFile(keyset.secretText());
    private final Landing landing =
            Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "people");

    MaskTest() {
        lakehouse.mysql(
                "CREATE TABLE people (id INT PRIMARY KEY, city VARCHAR(20), email VARCHAR(60), salary INT, born DATE, photo BLOB,"
                        + " flags BIT(40), doc JSON, seen DATETIME(3), note TEXT, price DECIMAL(12,2), ratio DOUBLE, took TIME(2),"
                        + " kind ENUM('rare-kind-a', 'rare-kind-b')) CHARACTER SET utf8mb4",
                "INSERT INTO people SELECT seq, CONCAT('city ', seq % 3), CONCAT('jane.doe.', seq % 10, '@example.org'),"
                        + " 7654000 + seq, DATE'1931-01-01' + INTERVAL seq * 97 DAY, CONCAT('photo-bytes-', seq),"
                        + " 987654000 + seq, JSON_OBJECT('diagnosis', CONCAT('illness-', seq)),"
                        + " '2001-02-03 04:05:06.789' + INTERVAL seq * 1001 MINUTE, CONCAT('secret note ', seq),"
                        + " 43219876.5 + seq, 0.123456789 + seq, SEC_TO_TIME(40000.25 + seq), 1 + seq % 2 FROM seq_1_to_"
                        + ROWS,
                "INSERT INTO people (id) VALUES (100)");
    }

    private String extract(String... options) {
        return lakehouse.extract("people", options);
    }

    private String masked(String... masks) {
        return extract("--mask=" + String.join(",", masks), key);
    }

    private static String[] all(String kind) {
        return COLUMNS.stream().map(column -> column + "=" + kind).toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"hash", "pseudonym", "drop"})
    void noMaskedValueAndNoPlainChecksumOfOneIsInAnyFileOrReport(String kind) {
        String clear = lakehouse.extract("people", "--source=clear", "--range-rows=1");
        // The row in which all of the columns are NULL has nothing to hide.
        List<String> checksums = manifest("clear", 1).ranges().stream()
                .map(Manifest.Range::checksum)
                .filter(checksum -> !checksum.equals(checksum("clear", 100)))
                .toList();
        assertThat(checksums).hasSize(ROWS);

        String printed = lakehouse.extract(
                "people", "--source=hidden", "--range-rows=1", "--mask=" + String.join(",", all(kind)), key);

        String total = manifest("clear", 1).checksum();
        assertThat(clear).contains(total);
        assertThat(printed).doesNotContain(total).contains("masked").contains("email: ");
        List<String> values = values();
        assertThat(values).hasSizeGreaterThan(ROWS * 8);
        List<StoredFile> files = FileStore.of(lakehouse.landing()).filesBelow(lakehouse.landing() + "/hidden");
        assertThat(files).hasSizeGreaterThan(2);
        for (StoredFile file : files) {
            assertThat(List.of(content(file.location())))
                    .noneMatch(bytes -> values.stream().anyMatch(bytes::contains))
                    .noneMatch(bytes -> checksums.stream().anyMatch(bytes::contains))
                    .noneMatch(bytes -> bytes.contains(total));
        }
        for (Row row : rows("hidden", 1)) {
            String text = row.mkString("|");
            assertThat(values).noneMatch(text::contains);
            assertThat(checksums).noneMatch(text::contains);
        }
        assertThat(lakehouse.ledger("checksum", "task = 'ExtractTable'"))
                .hasSize(2)
                .containsOnlyOnce(total);
        assertThat(lakehouse.task(VerifyExtract::main, options("people", "--source=hidden")))
                .contains("as in its manifest");
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        for (int id = 1; id <= ROWS; id++) {
            String row = lakehouse.mysqlRow(
                    "SELECT email, salary, born, photo, flags + 0, JSON_VALUE(doc, '$.diagnosis'), seen,"
                            + " note, price, ratio, took, kind FROM people WHERE id = " + id);
            values.addAll(List.of(row.split("\\|", -1)));
            values.add(lakehouse.mysqlRow("SELECT LOWER(HEX(photo)) FROM people WHERE id = " + id));
        }
        return values;
    }

    private static String content(String location) {
        try (InputStream in = FileStore.of(location).open(location)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Row> rows(String source, long extract) {
        Landing place = Landing.of(lakehouse.landing(), source, "people");
        return TestLakehouse.session()
                .read()
                .parquet(place.directory(extract))
                .orderBy("id")
                .collectAsList();
    }

    private String checksum(String source, int id) {
        return rows(source, 1).stream()
                .filter(row -> row.getInt(0) == id)
                .map(row -> row.<Long>getAs("_row_checksum").toString())
                .findFirst()
                .orElseThrow();
    }

    private Manifest manifest(String source, long extract) {
        return Landing.of(lakehouse.landing(), source, "people").manifest(extract);
    }

    private List<String> options(String table, String... more) {
        return Stream.concat(Stream.of("--table=" + table, "--landing=" + lakehouse.landing()), Stream.of(more))
                .toList();
    }

    @Test
    void aMaskedColumnIsATextNullStaysNullAndEqualValuesStayEqual() {
        masked(all("hash"));
        lakehouse.load("people");

        assertThat(lakehouse.query(
                        "SELECT DISTINCT typeof(salary), typeof(photo), typeof(born), typeof(flags), typeof(city)"
                                + " FROM lake.people"))
                .containsExactly("string|string|string|string|string");
        assertThat(lakehouse.query("SELECT count(*), count(email), count(DISTINCT email), count(DISTINCT salary),"
                        + " min(length(salary)), max(length(photo)) FROM lake.people"))
                .containsExactly("41|40|10|40|64|64");
        assertThat(lakehouse.reconcile("people", "lake.people", key)).contains("source = extract = Delta");
    }

    @Test
    void aPseudonymIsThatOfEveryOtherProductAndCanBeRevealed() {
        masked("email=pseudonym", "photo=pseudonym", "salary=pseudonym");
        lakehouse.load("people");

        assertThat(value("SELECT email FROM lake.people WHERE id = 7"))
                .isEqualTo(Pseudonyms.of("email", keyset).pseudonym("jane.doe.7@example.org"));
        assertThat(Pseudonyms.of("salary", keyset).reveal(value("SELECT salary FROM lake.people WHERE id = 7")))
                .isEqualTo("7654007");
        assertThat(Pseudonyms.of("photo", keyset).reveal(value("SELECT photo FROM lake.people WHERE id = 7")))
                .isEqualTo("70686f746f2d62797465732d37");
    }

    private String value(String query) {
        return lakehouse.query(query).get(0);
    }

    @Test
    void rowsWhoseMaskedValuesChangeDuringTheCopyAreReadAgain() {
        FailPoint.once(
                "extract.written",
                () -> lakehouse.mysql(
                        "UPDATE people SET email = 'late@example.org' WHERE id = 5",
                        "UPDATE people SET salary = 1 WHERE id = 39",
                        "DELETE FROM people WHERE id = 20"));

        String printed = extract("--mask=email=pseudonym,salary=pseudonym", key, "--range-rows=5", "--writer-rows=10");

        assertThat(printed).contains("copied again in the snapshot").contains("source = Parquet: 40 rows");
        lakehouse.load("people");
        assertThat(Pseudonyms.of("email", keyset).reveal(value("SELECT email FROM lake.people WHERE id = 5")))
                .isEqualTo("late@example.org");
        assertThat(Pseudonyms.of("salary", keyset).reveal(value("SELECT salary FROM lake.people WHERE id = 39")))
                .isEqualTo("1");
        assertThat(lakehouse.reconcile("people", "lake.people", key)).contains("source = extract = Delta");
    }

    @Test
    void anotherValueMaskOrKeyMakesANewExtractAndNothingElse() {
        masked("email=hash");
        assertThat(masked("email=hash")).contains("unchanged");
        lakehouse.mysql("UPDATE people SET email = 'other@example.org' WHERE id = 3");
        assertThat(masked("email=hash")).contains("of extract 2");
        assertThat(masked("email=pseudonym")).contains("of extract 3");
        assertThat(masked("email=pseudonym")).contains("unchanged");
        assertThat(masked("email=pseudonym", "note=drop")).contains("of extract 4");
        String rotated = "--mask-key=" + lakehouse.secretFile(keyset.rotated().secretText());
        assertThat(extract("--mask=email=pseudonym,note=drop", rotated)).contains("of extract 5");
        assertThat(extract("--mask=email=pseudonym,note=drop", rotated)).contains("unchanged");
        assertThat(extract()).contains("of extract 6");
    }

    @Test
    void earlierExtractsInClearAreNamed() {
        extract();
        extract("--range-rows=7");
        masked("email=hash", "note=drop");

        assertThat(masked("email=hash", "note=drop"))
                .contains("Extracts up to 2 have email, note in clear.")
                .contains("--keep-extracts");
        landing.remove(1);
        landing.remove(2);
        assertThat(masked("email=hash", "note=drop")).contains("unchanged").doesNotContain("in clear");
    }

    @Test
    void aLoadRewritesRowsOfAnotherMaskAndSaysWhatToDoAboutTheColumnsType() {
        extract();
        lakehouse.load("people");
        masked("email=hash");
        assertThat(lakehouse.load("people")).contains("0 inserted, 40 updated, 0 deleted");
        masked("email=hash", "salary=hash");

        assertThatThrownBy(() -> lakehouse.load("people"))
                .hasMessageContaining(
                        "Column `salary` is masked now, so its values are texts, but it is INT in the target.")
                .hasMessageContaining("DROP COLUMN `salary`;");
        TestLakehouse.session().sql("ALTER TABLE lake.people DROP COLUMN `salary`");

        assertThat(lakehouse.load("people")).contains("0 inserted, 40 updated, 0 deleted");
        assertThat(lakehouse.reconcile("people", "lake.people", key)).contains("source = extract = Delta");
    }

    @Test
    void reconcileComparesMaskedColumnsWithTheExtractThatIsEqualToTheSource() {
        masked("email=hash", "salary=pseudonym");
        lakehouse.load("people");
        TestLakehouse.session().sql("UPDATE lake.people SET email = 'edited' WHERE id = 8");
        assertThat(lakehouse.reconcile("people", "lake.people", key))
                .contains("8: different rows")
                .contains("1 key different rows");
        TestLakehouse.session().sql("DELETE FROM lake.people WHERE id = 9");
        lakehouse.mysql("UPDATE people SET salary = 2 WHERE id = 10", "UPDATE people SET city = 'x' WHERE id = 11");

        assertThat(lakehouse.reconcile("people", "lake.people", key))
                .contains("41 rows, which are not those of the newest extract")
                .contains("11: different rows")
                .contains("9: only in the source")
                .contains("masked columns perhaps too")
                .doesNotContain("source = Delta");
        assertThat(lakehouse.ledger("outcome", "task = 'ReconcileTable'")).containsOnly("differs");
        String other = "--mask-key=" + lakehouse.secretFile(Keyset.create().secretText());
        assertThatThrownBy(() -> lakehouse.reconcile("people", "lake.people", other))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("have another key than that of --mask-key");
        assertThatThrownBy(() -> lakehouse.reconcile("people", "lake.people"))
                .hasMessageContaining("There is no key for the masks.");
    }

    @Test
    void invalidDatesAreTreatedAsThoseOfOtherColumnsAndNeverShown() {
        lakehouse.mysql("UPDATE people SET born = '1931-02-00' WHERE id = 4");

        assertThatThrownBy(() -> masked("born=hash"))
                .hasMessageContaining("a date or time that does not exist: column `born`");
        extract("--mask=born=hash", key, "--invalid-dates=quarantine");
        lakehouse.load("people");

        assertThat(lakehouse.query("SELECT id, born, _reasons FROM lake.people_quarantine"))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row)
                        .startsWith("4|null|")
                        .contains("(masked)")
                        .doesNotContain("1931"));
    }

    @Test
    void filtersAndRowsWithoutAKeyHaveMasksToo() {
        String[] options = {"--mask=email=hash,salary=hash", key, "--key=*", "--where=id <= 10"};
        assertThat(extract(options)).contains("source = Parquet: 10 rows of people WHERE id <= 10");
        lakehouse.load("people");
        assertThat(extract(options)).contains("unchanged");
        assertThat(lakehouse.reconcile("people", "lake.people", key)).contains("source = extract = Delta");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --mask=id=hash | Column `id` of table 'people' cannot be masked.
                    --mask=ID=drop | Column `ID` of table 'people' cannot be masked.
                    --mask=none=hash | The table has no such column.
                    --mask=email=hash,EMAIL=drop | It has two masks.
                    --mask=email=shuffle | 'email=shuffle' is not a mask.
                    --mask=email | 'email' is not a mask.
                    --mask=city=hash --sort=city | The files cannot be sorted by 'city'.
                    --mask=born=hash --partition=y=year(born) | The expression uses a masked column
                    """)
    void whatCannotBeMaskedIsRefused(String options, String why) {
        List<String> all =
                Stream.concat(Stream.of(options.split(" ")), Stream.of(key)).toList();
        for (String refusal : List.of(
                refusal(() -> extract(all.toArray(String[]::new))),
                refusal(() -> lakehouse.task(
                        CheckSource::main,
                        Stream.concat(lakehouse.source("people").stream(), all.stream())
                                .toList())))) {
            assertThat(refusal).contains(why);
        }
        assertThat(landing.claimed()).isEmpty();
    }

    private static String refusal(Runnable task) {
        try {
            task.run();
        } catch (UserError e) {
            return e.getMessage();
        }
        return "not refused";
    }

    @Test
    void aKeyIsNeededAndTheCheckSaysWhatIsMasked() {
        assertThatThrownBy(() -> extract("--mask=email=hash"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no key for the masks.");
        assertThat(extract("--mask=email=drop")).contains("masked      email: left out");

        assertThat(lakehouse.task(
                        CheckSource::main,
                        Stream.concat(
                                        lakehouse.source("people").stream(),
                                        Stream.of("--mask=email=hash,note=pseudonym,doc=drop", key))
                                .toList()))
                .contains(
                        "masked      email: a keyed hash (HMAC-SHA-256), note: a pseudonym (AES-SIV), doc: left out; key "
                                + keyset.primary());
    }
}
