package dev.lakehouse.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.cli.Launcher.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of a new user: a new home is filled, its source is changed, and the job runs again. They run once for all
 * tests, because each command starts servers and Spark; each test checks one aspect. Global options come first, so that no
 * run writes an archive of class data for the few commands that follow.
 */
@Tag("cli")
final class MainJobTest {
    private static final int ROWS = 200;

    @TempDir
    private static Path directory;

    private static Path home;
    private static Ended first;
    private static Ended meanwhile;
    private static Set<String> commandLines;
    private static Ended second;
    private static Ended changed;
    private static Ended refused;
    private static Ended json;
    private static Ended reconciled;

    @BeforeAll
    static void story() throws Exception {
        home = directory.resolve(".lakehouse");
        Launcher lakehouse = Launcher.in(directory);

        Running running = lakehouse.start("--servers", "embedded", "run", "members", "--rows", "" + ROWS);
        running.await("S3: ");
        meanwhile = lakehouse.run("generate", "members", "--change", "5%");
        first = running.end();
        commandLines = running.commandLines();
        changed = lakehouse.run("generate", "members", "--change", "5%");
        second = lakehouse.run("--servers", "embedded", "run", "members");
        refused = lakehouse.run("--servers", "embedded", "run", "members", "--rows", "5");
        json = lakehouse.run("sql", "--format", "json", "SELECT * FROM ops.task_runs ORDER BY started_at");
        lakehouse.run("generate", "members", "--change", "5%");
        reconciled = lakehouse.run("reconcile", "members");
    }

    @Test
    void aFreshHomeIsFilledExtractedLoadedAndProven() {
        assertSucceeded(first);
        assertThat(first.out())
                .contains("The source is empty: members are generated first.")
                .containsPattern("Generated 200 members \\(seed 123, as of \\d{4}-\\d\\d-\\d\\d\\) by LOAD DATA: ")
                .contains("wrote       200 rows, ")
                .contains("where       s3a://lakehouse/landing/lakehouse/members/extract=000001\n")
                .contains("read        200 rows of extract 1, ")
                .contains("changed     200 inserted, 0 updated, 0 deleted (")
                .contains("where       s3a://lakehouse/warehouse/members/members\n")
                .contains("verified    extract 1: ")
                .contains("equal       source = extract = Delta\n")
                .contains("not tidied  the next time is due at ")
                .containsPattern("== members_extract: succeeded, [0-9.]+ s\n")
                .containsPattern("== members_load: succeeded, [0-9.]+ s\n");
        assertThat(provenInDelta(first)).isEqualTo(provenInParquet(first));
    }

    @Test
    void aChangedSourceIsFollowedChangeByChange() {
        assertSucceeded(changed);
        Matcher counts = Pattern.compile("Changed 5% .*: (\\d+) updated, (\\d+) deleted, (\\d+) inserted\n")
                .matcher(changed.out());
        assertThat(counts.find()).as(changed.out()).isTrue();
        assertThat(Stream.of(1, 2, 3).map(counts::group).mapToInt(Integer::parseInt))
                .allMatch(count -> count > 0);

        assertSucceeded(second);
        assertThat(second.out())
                .doesNotContain("Generated")
                .contains("extract=000002")
                .contains("changed     " + counts.group(3) + " inserted, " + counts.group(1) + " updated, "
                        + counts.group(2) + " deleted (");
        assertThat(provenInDelta(second)).isEqualTo(provenInParquet(second)).isNotEqualTo(provenInDelta(first));
    }

    /** The workflow reconciled by the proof of its extract, seconds before. */
    @Test
    void theCommandReconcileReadsTheSourceHoweverYoungTheProofIs() {
        assertThat(second.out()).contains(", as proven at ");
        assertSucceeded(reconciled);
        assertThat(reconciled.out())
                .contains("differ      ")
                .doesNotContain(", as proven at ", "source = extract = Delta");
    }

    @Test
    void aNumberOfRowsForASourceThatHasRowsIsRefused() {
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .matches("error: --rows cannot be used here\\.\n  why:  The source has rows already\\.\n  fix:  .+\n");
        assertThat(refused.out()).doesNotContain("==");
    }

    @Test
    void aSecondCommandOnTheHomeIsToldToWait() {
        assertThat(meanwhile.status()).isEqualTo(1);
        assertThat(meanwhile.out()).isEmpty();
        assertThat(meanwhile.err())
                .matches("error: The home \\S+ is in use\\.\n  why:  .+ \\(process \\d+\\).+\n  fix:  .+\n");
    }

    @Test
    void theLedgerHasEveryTaskRunAsOneLineOfJsonEach() {
        assertThat(json.status()).isZero();
        assertThat(json.err()).as("what is not a result").startsWith("S3: ").doesNotContain("MySQL: ");
        List<String> ofOneRun = List.of(
                "CheckSource",
                "ExtractTable",
                "VerifyExtract",
                "ApplySchemas",
                "LoadMembers",
                "ReconcileTable",
                "RemoveExtracts",
                "TidyTable");
        assertThat(json.out().lines())
                .hasSize(2 * ofOneRun.size())
                .allMatch(line -> line.startsWith("{\"run_id\":")
                        && line.matches(".*,\"message\":null,\"dates_nulled\":(null|\\d+)}"))
                .allMatch(line -> line.contains("\"outcome\":\"succeeded\""));
        assertThat(json.out().lines().map(line -> line.replaceFirst(".*\"task\":\"(\\w+)\".*", "$1")))
                .containsExactlyElementsOf(Stream.generate(() -> ofOneRun)
                        .limit(2)
                        .flatMap(List::stream)
                        .toList());
        assertThat(ledgerRows("ExtractTable"))
                .satisfiesExactly(row -> assertThat(row).contains("\"extract\":1,"), row -> assertThat(row)
                        .contains("\"extract\":2,"));
        assertThat(ledgerRows("LoadMembers"))
                .satisfiesExactly(row -> assertThat(row).contains("\"rows_inserted\":200,"), row -> assertThat(row)
                        .contains("\"extract\":2,"));
    }

    private static List<String> ledgerRows(String task) {
        return json.out()
                .lines()
                .filter(line -> line.contains("\"task\":\"" + task + "\""))
                .toList();
    }

    @Test
    void keysAreForTheirOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
        try (Stream<Path> keys = Files.list(home.resolve("keys"))) {
            assertThat(keys).hasSize(3).allSatisfy(key -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void noSecretIsPrintedOrKeptOutsideItsFile() throws IOException {
        List<String> secrets = secrets();
        assertThat(Stream.of(first, meanwhile, changed, second, refused, json)
                        .flatMap(ended -> Stream.of(ended.out(), ended.err())))
                .allSatisfy(text -> assertThat(text).doesNotContain(secrets));
        Set<String> files = files("");
        assertThat(files)
                .contains("logs/lakehouse.log", "s3/lakehouse/landing/lakehouse/_manifests/members/000001.json");
        for (String file : files) {
            if (!file.startsWith("keys/")) {
                // Bytes as characters, so that a secret is found in a binary file, too.
                String content = Files.readString(home.resolve(file), ISO_8859_1);
                assertThat(secrets.stream().anyMatch(content::contains))
                        .as("a secret in %s", file)
                        .isFalse();
            }
        }
    }

    @Test
    void theProcessListShowsNoSecret() throws IOException {
        assumeThat(Path.of("/proc/self/cmdline"))
                .as("a process list that can be read")
                .exists();
        assertThat(commandLines).anyMatch(line -> line.contains("mariadbd"));
        assertThat(commandLines).allSatisfy(line -> assertThat(line).doesNotContain(secrets()));
    }

    private static void assertSucceeded(Ended ended) {
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).as(ended.out()).isZero();
    }

    private static String provenInParquet(Ended run) {
        return found(run, "proof       source = Parquet: (200 rows), checksum (-?\\d+) \\(");
    }

    private static String provenInDelta(Ended run) {
        return found(run, "proof       members\\.members = accepted \\+ stale: (200 rows) \\+ 0, checksum (-?\\d+)\n");
    }

    private static String found(Ended run, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(run.out());
        assertThat(found.find()).as("%s in %s", pattern, run.out()).isTrue();
        return found.group(1) + ", checksum " + found.group(2);
    }

    private static List<String> secrets() throws IOException {
        try (Stream<Path> keys = Files.list(home.resolve("keys"))) {
            List<String> secrets = keys.map(MainJobTest::read).toList();
            assertThat(secrets).hasSize(3).allMatch(secret -> secret.length() == 32);
            return secrets;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files below a folder of the home, by their paths in the home. */
    private static Set<String> files(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve(folder))) {
            Set<String> files = new TreeSet<>();
            all.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .forEach(files::add);
            return files;
        }
    }
}
