package dev.lakehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.local.Home;
import dev.lakehouse.local.S3Endpoint;
import dev.lakehouse.local.ServerChoice;
import dev.lakehouse.local.ServerOptions;
import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.source.mysql.MySqlServer;
import dev.lakehouse.testing.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers of other tests stand for the user's own. */
final class DoctorTest {
    private static final int FAILED = 1;

    @TempDir
    Path temp;

    private Path home;

    @Test
    void aHomeThatDoesNotExistIsFineAndIsNotCreated() {
        home = temp.resolve("home");

        assertThat(doctor(ServerOptions.of(ServerChoice.EMBEDDED)))
                .contains("ok       home      " + home + " does not exist yet, and can be created")
                .contains(
                        "MySQL embedded (as requested)", "S3 embedded (as requested)", "Kafka embedded (as requested)")
                .contains(
                        "note     docker    Docker is not asked",
                        "ok       mariadb   MariaDB ",
                        "ok       workflows ",
                        "ok       variables ");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aHomeInUseIsAProblemAndItsServersAreStillListed() throws IOException {
        home = temp.resolve("home");
        try (Home open = Home.open(home)) {
            Files.writeString(open.directory().resolve("servers.properties"), "mysql=embedded\ns3=embedded\n");

            assertThat(doctor(ServerOptions.of(ServerChoice.AUTO)))
                    .contains("problem  home      The home " + open.directory() + " is in use.")
                    .contains("(process " + ProcessHandle.current().pid() + ")")
                    .contains("MySQL embedded (stored in this home)")
                    .contains("Kafka embedded (as this home's other servers)");
            assertThat(status()).isEqualTo(FAILED);
        }
    }

    @Test
    void whatKilledCommandsLeftIsNotedAndKept() throws IOException {
        home = temp.resolve("home");
        Path row = Files.createDirectories(home.resolve("ledger")).resolve("1.json");
        Files.writeString(row, "{}");
        Path scratch = Files.createDirectories(home.resolve("scratch/tasks")).resolve("a");
        Files.write(scratch, new byte[3_000_000]);

        assertThat(doctor(ServerOptions.of(ServerChoice.EMBEDDED)))
                .contains("note     home      rows of the ledger that a command which was killed has not committed: 1;")
                .contains("note     home      3 MB of temporary files");
        assertThat(row).exists();
        assertThat(scratch).exists();
    }

    @Test
    void aChoiceOfServersThatCannotBeReadIsAProblem() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        Files.writeString(home.resolve("servers.properties"), "mysql=own\n");

        assertThat(doctor(ServerOptions.of(ServerChoice.EMBEDDED)))
                .contains("problem  servers   The home's choice of servers cannot be read", "ok       ports ");
    }

    @Test
    void anOptionThatContradictsTheHomeIsAProblem() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        Files.writeString(home.resolve("servers.properties"), "mysql=embedded\ns3=embedded\n");

        assertThat(doctor(ServerOptions.of(ServerChoice.CONTAINERS)))
                .contains("problem  servers   This home uses a different MySQL server", "fix:  Give another --home");
    }

    @Test
    void yourOwnServersAreReachedAndNoSecretIsShown() throws IOException {
        home = temp.resolve("home");
        MySqlServer mysql = TestServers.freshDatabase();
        S3Endpoint s3 = TestServers.s3();
        String wrongKey =
                Files.writeString(temp.resolve("wrong"), "not-the-key").toString();

        ServerOptions none = ServerOptions.of(ServerChoice.EMBEDDED);
        S3Endpoint refused = new S3Endpoint(
                s3.url(), s3.region(), s3.bucket(), s3.accessKey(), SecretReference.parse("file:" + wrongKey));

        String right = doctor(none.with(mysql).with(s3).with(TestServers.kafka()));
        String wrong = doctor(none.with(refused).with(KafkaServer.plaintext("127.0.0.1:1")));

        assertThat(right)
                .contains("ok       mysql     " + mysql.address() + " answers")
                .contains("ok       s3        S3 " + s3.url())
                .contains("ok       kafka     Kafka " + TestServers.kafka().servers())
                .doesNotContain(mysql.password().resolve(), s3.secretKey().resolve());
        assertThat(wrong)
                .contains("problem  s3        S3 refused the bucket 'lakehouse'")
                .contains("problem  kafka     Kafka cannot be reached at 127.0.0.1:1.")
                .doesNotContain("not-the-key", "\tat ");
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

        assertThat(ended.out()).endsWith("No problem was found.\n").doesNotContain("problem  ");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        assertThat(temp.resolve(".lakehouse")).doesNotExist();
    }

    /** Without the command's limit of time, because tests may run on a busy machine. */
    private String doctor(ServerOptions options) {
        return Check.run(DoctorCommand.checks(home, options), Duration.ofMinutes(1)).stream()
                .flatMap(result -> result.lines().stream())
                .collect(Collectors.joining("\n"));
    }

    private int status() {
        return Lakehouse.commandLine(Optional.empty())
                .setOut(new PrintWriter(new StringWriter()))
                .execute("doctor", "--home=" + home);
    }
}
