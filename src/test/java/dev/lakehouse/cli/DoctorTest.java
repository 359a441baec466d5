package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.local.Home;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers of other tests stand for the user's own. */
final class DoctorTest {
    private static final int FAILED = 1;

    @TempDir
    Path temp;

    private Path home;
    private int status;

    @Test
    void aHomeThatDoesNotExistIsFineAndIsNotCreated() {
        home = temp.resolve("home");

        assertThat(doctor("--servers", "embedded"))
                .contains("ok       home      " + home + " does not exist yet, and can be created")
                .contains(
                        "MySQL embedded (as requested)", "S3 embedded (as requested)", "Kafka embedded (as requested)")
                .contains("ok       mariadb   MariaDB ", "ok       workflows ", "ok       variables ");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aHomeInUseIsAProblemAndItsServersAreStillListed() throws IOException {
        home = temp.resolve("home");
        try (Home open = Home.open(home)) {
            Files.writeString(open.directory().resolve("servers.properties"), "mysql=embedded\ns3=embedded\n");

            assertThat(doctor())
                    .contains("problem  home      The home " + open.directory() + " is in use.")
                    .contains("(process " + ProcessHandle.current().pid() + ")")
                    .contains("MySQL embedded (stored in this home)")
                    .contains("Kafka embedded (as this home's other servers)");
            assertThat(status).isEqualTo(FAILED);
        }
    }

    @Test
    void whatKilledCommandsLeftIsNotedAndKept() throws IOException {
        home = temp.resolve("home");
        Path row = Files.createDirectories(home.resolve("ledger")).resolve("1.json");
        Files.writeString(row, "{}");
        Path scratch = Files.createDirectories(home.resolve("scratch/tasks")).resolve("a");
        Files.write(scratch, new byte[3_000_000]);

        assertThat(doctor())
                .contains("note     home      rows of the ledger that a command which was killed has not committed: 1;")
                .contains("note     home      3 MB of temporary files");
        assertThat(row).exists();
        assertThat(scratch).exists();
    }

    @Test
    void aChoiceOfServersThatCannotBeReadIsAProblem() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        Files.writeString(home.resolve("servers.properties"), "mysql=own\n");

        assertThat(doctor())
                .contains("problem  servers   The home's choice of servers cannot be read", "ok       ports ");
        assertThat(status).isEqualTo(FAILED);
    }

    @Test
    void anOptionThatContradictsTheHomeIsAProblem() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        Files.writeString(home.resolve("servers.properties"), "mysql=embedded\ns3=embedded\n");

        assertThat(doctor("--servers", "containers"))
                .contains("problem  servers   This home uses a different MySQL server", "fix:  Give another --home");
    }

    @Test
    void yourOwnServersAreReachedAndNoSecretIsShown() throws IOException {
        home = temp.resolve("home");
        MySqlServer mysql = TestServers.freshDatabase();
        var s3 = TestServers.s3();
        String wrongKey =
                Files.writeString(temp.resolve("wrong"), "not-the-key").toString();

        String right = doctor(
                "--mysql=" + mysql.url(),
                "--mysql-user=" + mysql.user(),
                "--mysql-password=" + mysql.password(),
                "--s3=" + s3.url(),
                "--s3-access-key=" + s3.accessKey(),
                "--s3-secret-key=" + s3.secretKey());
        String wrong =
                doctor("--s3=" + s3.url(), "--s3-access-key=" + s3.accessKey(), "--s3-secret-key=file:" + wrongKey);

        assertThat(right)
                .contains("ok       mysql     " + mysql.address() + " answers")
                .contains("ok       s3        S3 " + s3.url())
                .doesNotContain(mysql.password().resolve(), s3.secretKey().resolve());
        assertThat(wrong)
                .contains("problem  s3        S3 refused the bucket 'lakehouse'")
                .doesNotContain("not-the-key", "\tat ");
        assertThat(status).isEqualTo(FAILED);
        assertThat(home).doesNotExist();
    }

    @Test
    void brokenWorkflowsAndMissingVariablesAreNamed() throws IOException {
        Files.writeString(temp.resolve("broken.yml"), "resources:\n  jobs: \"\n");
        CheckResults results = new CheckResults("project");

        ProjectCheck.workflows(temp, results);

        assertThat(results.all()).singleElement().satisfies(result -> assertThat(String.join("\n", result.lines()))
                .startsWith("problem")
                .contains("broken.yml cannot be read at line"));
    }

    @Test
    @Tag("cli")
    void theLauncherEndsWithZeroWhereNothingIsWrong() throws Exception {
        Launcher.Ended ended = Launcher.in(temp).run("doctor", "--servers", "embedded");

        assertThat(ended.out()).endsWith("No problem was found.\n").doesNotContain("problem ");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        assertThat(temp.resolve(".lakehouse")).doesNotExist();
    }

    private String doctor(String... options) {
        StringWriter out = new StringWriter();
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "doctor";
        all[options.length + 1] = "--home=" + home;
        status = Lakehouse.commandLine(Optional.empty())
                .setOut(new PrintWriter(out))
                .execute(all);
        return out.toString();
    }
}
