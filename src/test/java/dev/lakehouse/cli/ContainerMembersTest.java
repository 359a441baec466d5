package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.cli.Launcher.Ended;
import dev.lakehouse.local.Containers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole members path on a real MySQL and on S3 in containers, told once as a person would go it. */
@Tag("containers")
final class ContainerMembersTest {
    private static final String CHANGED = "changed     (\\d+) inserted, (\\d+) updated, (\\d+) deleted ";

    @TempDir
    private static Path directory;

    private static Ended first;
    private static Ended second;
    private static Ended changed;
    private static Ended third;

    @BeforeAll
    static void story() throws Exception {
        Containers.assumeTheyRun();
        Launcher lakehouse = Launcher.in(directory);
        first = succeeded(lakehouse.run("--servers", "containers", "run", "members", "--rows", "200"));
        second = succeeded(lakehouse.run("run", "members"));
        changed = succeeded(lakehouse.run("generate", "members", "--change", "5%"));
        third = succeeded(lakehouse.run("run", "members"));
    }

    @Test
    void theServersAreContainersAndMySqlIsARealOne() {
        MatchResult mysql = found(first, "MySQL: MySQL ((\\d+)\\.\\S+), container of (\\S+), 127\\.0\\.0\\.1:\\d+ ");
        MatchResult s3 = found(first, "S3: container of (\\S+), 127\\.0\\.0\\.1:\\d+ ");
        System.out.println("Containers: the members path ran on MySQL " + mysql.group(1) + " (" + mysql.group(3)
                + ") and S3 (" + s3.group(1) + ")");

        assertThat(mysql.group(1)).doesNotContainIgnoringCase("MariaDB");
        assertThat(Integer.parseInt(mysql.group(2))).isGreaterThanOrEqualTo(8);
    }

    @Test
    void whatIsGeneratedIsExtractedProvenAndLoaded() {
        assertThat(first.out()).contains("Generated 200 members");
        assertThat(changes(first)).containsExactly("200", "0", "0");
        assertThat(proven(first, "members\\.members = accepted \\+ stale"))
                .isEqualTo(proven(first, "source = Parquet"))
                .startsWith("200 rows");
    }

    @Test
    void aSecondRunChangesNothing() {
        assertThat(second.out())
                .contains("nothing     to load: extract 1 is the newest\n")
                .contains("equal       source = extract = Delta\n")
                .contains("changed     members.members: 0 inserted, 0 updated, 0 deleted\n");
        MatchResult unchanged = found(second, "unchanged   members = extract 1: (\\d+ rows), (checksum -?\\d+) ");
        assertThat(unchanged.group(1) + ", " + unchanged.group(2)).isEqualTo(proven(first, "source = Parquet"));
    }

    @Test
    void exactlyTheChangesOfTheSourceAreApplied() {
        MatchResult made = found(changed, "Changed 5% .*: (\\d+) updated, (\\d+) deleted, (\\d+) inserted\n");

        assertThat(changes(third))
                .containsExactly(made.group(3), made.group(1), made.group(2))
                .doesNotContain("0");
        assertThat(proven(third, "source = Parquet")).isNotEqualTo(proven(first, "source = Parquet"));
        assertThat(third.out()).contains("equal       source = extract = Delta\n");
    }

    private static Ended succeeded(Ended command) {
        assertThat(command.status()).as(command.out() + command.err()).isZero();
        return command;
    }

    /** Rows inserted, updated, deleted. */
    private static List<String> changes(Ended run) {
        MatchResult changes = found(run, CHANGED);
        return List.of(changes.group(1), changes.group(2), changes.group(3));
    }

    /** Rows and checksum of a proof. */
    private static String proven(Ended run, String equation) {
        MatchResult proof = found(run, "proof       " + equation + ": (\\d+ rows)(?: \\+ 0)?, (checksum -?\\d+)");
        return proof.group(1) + ", " + proof.group(2);
    }

    private static MatchResult found(Ended run, String pattern) {
        return Pattern.compile(pattern)
                .matcher(run.out())
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + pattern + " in " + run.out()));
    }
}
