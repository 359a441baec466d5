package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Extraction from a real server to a real object store. */
class ExtractTableTest {
    private static final String LAYOUT = "--partition=year=year(day)";

    private final TestLakehouse lakehouse = TestLakehouse.fresh()
            .mysql(
                    "CREATE TABLE shop (id INT PRIMARY KEY COMMENT 'the key', name VARCHAR(50), price DECIMAL(8,2), day DATE)"
                            + " CHARACTER SET utf8mb4",
                    "INSERT INTO shop SELECT seq, CONCAT('article ', seq), seq / 3, DATE_ADD('2023-06-01', INTERVAL seq DAY)"
                            + " FROM seq_1_to_1000");

    @Test
    void anExtractHoldsTheTableAndItsManifestSaysSo() {
        String printed = lakehouse.extract("shop", LAYOUT, "--sort=day", "--range-rows=300");

        assertThat(printed).contains("source = Parquet: 1,000 rows").contains("extract=000001");
        assertThat(rows(1)).isEqualTo(1000);
        assertThat(folders(1)).containsExactly("year=2023", "year=2024", "year=2025", "year=2026");
        Manifest manifest = manifest(1);
        assertThat(manifest.rows()).isEqualTo(1000);
        assertThat(manifest.ranges()).extracting(Manifest.Range::rows).containsExactly(300L, 300L, 300L, 100L);
        assertThat(manifest.key()).containsExactly("id");
        assertThat(manifest.columns().get(0).comment()).isEqualTo("the key");
        assertThat(manifest.columns())
                .extracting(Manifest.SourceColumn::sparkType)
                .containsExactly("INT", "STRING", "DECIMAL(8,2)", "DATE");
        assertThat(manifest.server()).contains("MariaDB");
        assertThat(manifest.files().stream().mapToLong(Manifest.DataFile::rows).sum())
                .isEqualTo(1000);
        assertThat(manifest.files()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(file -> {
            assertThat(file.rows()).isPositive();
            String location = lakehouse.landing("shop", "extract=000001/" + file.path());
            assertThat(FileStore.of(location).sha256(location)).isEqualTo(file.sha256());
        });
    }

    @Test
    void filesAreZstdAndSortedInside() {
        lakehouse.extract("shop", "--sort=day", "--range-rows=100");

        String directory = lakehouse.landing("shop", "extract=000001");
        List<String> files = FileStore.of(directory).filesBelow(directory).stream()
                .map(file -> file.location())
                .toList();
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(file).endsWith(".zstd.parquet"));
        for (String file : files) {
            List<String> days = TestLakehouse.session().read().parquet(file).select("day").collectAsList().stream()
                    .map(row -> row.get(0).toString())
                    .toList();
            assertThat(days).isSorted();
        }
    }

    @Test
    void extractsAreNumberedAndAClaimedNumberIsNotUsedAgain() {
        FailPoint.once("extract.claimed", () -> {
            throw new IllegalStateException("stopped");
        });
        assertThatThrownBy(() -> lakehouse.extract("shop")).hasMessage("stopped");
        lakehouse.extract("shop");
        lakehouse.extractAnew("shop");

        assertThat(landing().published()).containsExactly(2L, 3L);
        assertThat(landing().claimed()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void rowsThatChangeBetweenReadingAndProofAreReadAgain() {
        FailPoint.once(
                "extract.written",
                () -> lakehouse.mysql(
                        "UPDATE shop SET name = 'renamed' WHERE id % 100 = 7",
                        "DELETE FROM shop WHERE id IN (1, 500, 1000)",
                        "UPDATE shop SET id = -5 WHERE id = 600",
                        "UPDATE shop SET day = '2030-01-01' WHERE id = 700",
                        "INSERT INTO shop VALUES (5000, 'late', 1, '2023-06-02'), (0, 'early', NULL, NULL)"));

        String printed = lakehouse.extract("shop", LAYOUT, "--range-rows=90");

        // Each writer's ranges hold a changed row.
        assertThat(printed).contains("999 rows copied again").contains("source = Parquet: 999 rows");
        lakehouse.load("shop");
        assertThat(sourceAndDelta()).satisfies(both -> assertThat(both.get(0)).isEqualTo(both.get(1)));
    }

    @Test
    void rangesThatDidNotChangeAreNotCopiedAgain() {
        FailPoint.once("extract.written", () -> lakehouse.mysql("UPDATE shop SET name = 'renamed' WHERE id = 3"));

        assertThat(lakehouse.extract("shop", "--range-rows=100", "--writer-rows=200"))
                .contains("200 rows copied again")
                .contains("source = Parquet: 1,000 rows");
    }

    @Test
    void aTableThatIsReplacedBetweenReadingAndProofIsReadAgainWhole() {
        FailPoint.once(
                "extract.written",
                () -> lakehouse.mysql(
                        "DELETE FROM shop",
                        "INSERT INTO shop SELECT seq * 7, 'new', 0, '2024-01-01' FROM seq_1_to_12000"));

        lakehouse.extract("shop", "--range-rows=300");

        assertThat(manifest(1).rows()).isEqualTo(12000);
        assertThat(rows(1)).isEqualTo(12000);
    }

    @Test
    void changesAfterTheSnapshotBelongToTheNextExtract() {
        FailPoint.once("extract.proven", () -> lakehouse.mysql("DELETE FROM shop WHERE id < 100"));

        lakehouse.extract("shop");

        assertThat(manifest(1).rows()).isEqualTo(1000);
    }

    @Test
    void anEmptyTableIsAnExtractWithoutRows() {
        lakehouse.mysql("DELETE FROM shop");

        assertThat(lakehouse.extract("shop", LAYOUT)).contains("0 rows");
        assertThat(manifest(1).rows()).isZero();
    }

    @Test
    void theRunWarnsOfTinyFiles() {
        assertThat(lakehouse.extract("shop", "--partition=month=date_format(day, 'yyyy-MM')"))
                .contains("tiny");
        assertThat(lakehouse.extract("shop", LAYOUT)).doesNotContain("tiny");
    }

    @Test
    void aTableWithACompositeTextKeyAndOddNamesIsExtractedAndLoaded() {
        lakehouse.mysql(
                "CREATE TABLE `odd name` (`the key` VARCHAR(20) COLLATE utf8mb4_general_ci, `select` INT, `ä``b` TEXT,"
                        + " PRIMARY KEY (`select`, `the key`)) CHARACTER SET utf8mb4",
                "INSERT INTO `odd name` SELECT CONCAT('K''', seq % 10), seq, 'x' FROM seq_1_to_50");

        assertThat(lakehouse.extract("odd name", "--range-rows=20")).contains("source = Parquet: 50 rows");
        assertThat(lakehouse.load("odd name")).contains("50 inserted");
        lakehouse.mysql("UPDATE `odd name` SET `ä``b` = 'y' WHERE `select` = 7");
        lakehouse.extract("odd name");
        assertThat(lakehouse.load("odd name")).contains("0 inserted, 1 updated, 0 deleted");
    }

    @Test
    void whatIsWrongWithTheSourceIsSaid() {
        assertRefused("nothing", "There is no table 'nothing'", "Check the name");
        lakehouse.mysql("CREATE TABLE keyless (a INT, b TEXT, UNIQUE (b(9)))");
        assertRefused("keyless", "has no key", "--key=COLUMN,COLUMN");
        lakehouse.mysql("CREATE TABLE zero (id INT PRIMARY KEY, d DATE)", "INSERT INTO zero VALUES (1, '0000-00-00')");
        assertRefused("zero", "contains a date or time that does not exist", "Set such values to NULL");
        assertRefused("shop", "cannot be sorted by 'nothing'", "Name one of", "--sort=nothing");
        assertRefused("shop", "cannot be called 'day'", "Choose another name", "--partition=day=year(day)");
        assertRefused("shop", "is not a partition", "NAME=EXPRESSION", "--partition=year(day)");
        assertThat(landing().published()).isEmpty();
    }

    @Test
    void whatIsWrongWithTheServerIsSaid() {
        MySqlServer server = lakehouse.mysql();
        SecretReference wrong = lakehouse.secretFile("wrong");
        assertServerRefused(server.url(), wrong, "refused the login", "Check the user");
        assertServerRefused(server.url() + "x", server.password(), "There is no database", "Correct the last part");
        assertServerRefused("jdbc:mysql://127.0.0.1:1/shop", server.password(), "cannot be reached", "Check host");
        assertServerRefused("jdbc:mysql://host-only", server.password(), "not of the form", "Give, for example,");
        assertServerRefused(
                server.url(), SecretReference.parse("env:NO_SUCH_VARIABLE_HERE"), "cannot be read", "Set the");
    }

    @Test
    void aMissingBucketIsSaid() {
        List<String> options =
                options(lakehouse.mysql().url(), lakehouse.mysql().password());
        options.set(options.size() - 1, "--landing=s3a://no-such-bucket-here/landing");
        assertThatThrownBy(() -> ExtractTable.main(options.toArray(String[]::new)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("bucket")
                .hasMessageContaining("is missing")
                .hasMessageContaining("Create the bucket");
    }

    @Test
    void aFailedRunIsInTheLedgerWithoutItsSecrets() {
        assertThatThrownBy(() -> lakehouse.extract("nothing")).isInstanceOf(UserError.class);

        assertThat(lakehouse.ledger("task, table_name, outcome, message", "true"))
                .singleElement()
                .asString()
                .startsWith("ExtractTable|nothing|failed|There is no table 'nothing'")
                .doesNotContain(lakehouse.mysql().password().resolve());
    }

    private void assertRefused(String table, String problem, String fix, String... options) {
        assertThatThrownBy(() -> lakehouse.extract(table, options))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("why:")
                .hasMessageContaining(fix);
    }

    private void assertServerRefused(String url, SecretReference password, String problem, String fix) {
        assertThatThrownBy(() -> ExtractTable.main(options(url, password).toArray(String[]::new)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(fix);
    }

    private List<String> options(String url, SecretReference password) {
        return new ArrayList<>(List.of(
                "--warehouse=" + lakehouse.warehouse(),
                "--mysql-url=" + url,
                "--mysql-user=" + lakehouse.mysql().user(),
                "--mysql-password=" + password,
                "--table=shop",
                "--landing=" + lakehouse.landing()));
    }

    /** Count and sum over the table, as MySQL sees them and as Delta does. */
    private List<String> sourceAndDelta() {
        String sums =
                "SELECT COUNT(*), SUM(id), SUM(price), MIN(day), MAX(day), COUNT(day), SUM(name = 'renamed') FROM ";
        String inDelta = lakehouse
                .query(sums.replace("SUM(name = 'renamed')", "COUNT_IF(name = 'renamed')") + "lake.shop")
                .get(0);
        return List.of(lakehouse.mysqlRow(sums + "shop"), inDelta);
    }

    private Landing landing() {
        return Landing.of(lakehouse.landing(), lakehouse.mysql().database(), "shop");
    }

    private Manifest manifest(long extract) {
        return landing().manifest(extract);
    }

    private long rows(long extract) {
        Row count = TestLakehouse.session()
                .read()
                .parquet(landing().directory(extract))
                .selectExpr("count(*)")
                .head();
        return count.getLong(0);
    }

    private List<String> folders(long extract) {
        return landing().files().directories(landing().directory(extract));
    }
}
