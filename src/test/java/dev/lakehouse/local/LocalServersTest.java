package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.source.kafka.KafkaServer;
import dev.lakehouse.testing.Topics;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalServersTest {
    private static final ServerOptions EMBEDDED = ServerOptions.of(ServerChoice.EMBEDDED);

    @TempDir
    Path temp;

    @Test
    void dataStayWhenServersAreStoppedAndStartedAgain() throws Exception {
        Path directory = TestHomes.prepared(temp);
        try (Home home = Home.open(directory);
                LocalServers servers = LocalServers.start(home, EMBEDDED)) {
            TestData.update(
                    servers.mysql().address(), "CREATE TABLE t (name VARCHAR(20))", "INSERT INTO t VALUES ('Łódź 🏭')");
            TestData.put(servers, "a/b", "kept");
            assertThat(servers.mysql().isLocal()).isTrue();
            assertThat(servers.mysql().description())
                    .matches("MySQL: MariaDB 11\\.4\\.5, embedded, 127\\.0\\.0\\.1:\\d+ \\(as requested\\)");
            assertThat(servers.s3().description())
                    .matches("S3: s3proxy, embedded, 127\\.0\\.0\\.1:\\d+ \\(as requested\\)");
        }
        try (Home home = Home.open(directory);
                LocalServers servers = LocalServers.start(home, ServerOptions.of(ServerChoice.AUTO))) {
            assertThat(TestData.query(servers.mysql().address(), "SELECT name FROM t"))
                    .isEqualTo("Łódź 🏭");
            assertThat(TestData.get(servers, "a/b")).isEqualTo("kept");
            assertThat(servers.mysql().description()).endsWith("(stored in this home)");
        }
    }

    @Test
    void mysqlStartsWhenItIsFirstAskedFor() throws Exception {
        Path directory = TestHomes.prepared(temp);
        try (Home home = Home.open(directory);
                LocalServers servers = LocalServers.start(home, EMBEDDED)) {
            assertThat(directory.resolve("mysql/mysqld.pid")).doesNotExist();
            assertThat(directory.resolve("servers.properties")).content().doesNotContain("mysql");

            assertThat(servers.mysql().address()).isSameAs(servers.mysql().address());
            assertThat(directory.resolve("mysql/mysqld.pid")).exists();
        }
        assertThat(directory.resolve("servers.properties")).content().contains("mysql=embedded");
    }

    @Test
    void kafkaStartsWhenItIsFirstAskedForAndStopsWithTheOthers() throws Exception {
        Path directory = TestHomes.prepared(temp);
        KafkaServer kafka;
        try (Home home = Home.open(directory);
                LocalServers servers = LocalServers.start(home, EMBEDDED)) {
            assertThat(directory.resolve("kafka")).doesNotExist();
            assertThat(directory.resolve("servers.properties")).content().doesNotContain("kafka");

            kafka = servers.kafka().address();

            assertThat(servers.kafka().address()).isSameAs(kafka);
            assertThat(servers.kafka().isLocal()).isTrue();
            assertThat(servers.kafka().description())
                    .isEqualTo("Kafka: Kafka 3.9.1, embedded, " + kafka.servers() + " (as requested)");
            Topics.of(kafka).create("orders", 1);
            Topics.of(kafka).send("orders", "kept");
        }
        assertThatThrownBy(() -> KafkaCheck.answers(kafka, Duration.ofSeconds(1)))
                .hasMessageContaining("Kafka cannot be reached at " + kafka.servers());

        try (Home home = Home.open(directory);
                LocalServers servers = LocalServers.start(home, ServerOptions.of(ServerChoice.AUTO))) {
            assertThat(Topics.of(servers.kafka().address()).read("orders")).containsExactly("kept");
            assertThat(servers.kafka().description()).endsWith("(stored in this home)");
        }
    }

    @Test
    void aServerThatOutlivedItsKilledCommandIsReplaced() throws Exception {
        Path directory = TestHomes.prepared(temp);
        Process command = OtherProcess.start(StartAndHang.class, directory.toString(), ServerChoice.EMBEDDED.name());
        try (InputStream output = command.getInputStream()) {
            assertThat((char) output.read()).isEqualTo('r');
        } finally {
            command.destroyForcibly().waitFor();
        }
        ProcessHandle orphan = ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("mysql/mysqld.pid")).strip()))
                .orElseThrow();
        assertThat(orphan.isAlive()).isTrue();

        try (Home home = Home.open(directory);
                LocalServers servers = LocalServers.start(home, EMBEDDED)) {
            assertThat(TestData.query(servers.mysql().address(), "SELECT COUNT(*) FROM t"))
                    .isEqualTo("1");
            // Nothing of it is left but what its parent, if it has one that cares, may still collect.
            assertThat(orphan.info().commandLine()).isEmpty();
        }
    }

    @Test
    void aProcessThatOnlyHasThePidOfAnOldServerIsLeftAlone() throws Exception {
        Process other = OtherProcess.start(Hang.class);
        try {
            Path pid = Files.writeString(temp.resolve("mysqld.pid"), other.pid() + "\n");

            OrphanedServer.terminate(pid, temp.resolve("data"), Duration.ofSeconds(1));

            assertThat(other.isAlive()).isTrue();
            assertThat(pid).doesNotExist();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void passwordsStandNeitherInTheProcessListNorInTheLogs() throws Exception {
        try (Home home = Home.open(TestHomes.prepared(temp));
                LocalServers servers = LocalServers.start(home, EMBEDDED)) {
            TestData.query(servers.mysql().address(), "SELECT 1");
            TestData.put(servers, "key", "value");
            List<String> secrets = List.of(
                    servers.mysql().address().password().resolve(),
                    servers.s3().address().accessKey().resolve(),
                    servers.s3().address().secretKey().resolve());
            for (String secret : secrets) {
                assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                        .noneMatch(line -> line.contains(secret));
                try (var logs = Files.list(home.logs())) {
                    for (Path log : logs.toList()) {
                        assertThat(Files.readString(log)).doesNotContain(secret);
                    }
                }
                assertThat(Files.readString(temp.resolve("servers.properties"))).doesNotContain(secret);
            }
            assertThat(temp.resolve("mysql/accounts.sql")).doesNotExist();
        }
    }

    @Test
    void theServersPrintNothingToTheTerminal() throws Exception {
        Path logging = Files.writeString(temp.resolve("log4j2.properties"), """
                appender.file.type = File
                appender.file.name = file
                appender.file.fileName = %s
                rootLogger.level = info
                rootLogger.appenderRef.file.ref = file
                """.formatted(temp.resolve("java.log")));

        String printed = OtherProcess.run(
                StartAndStop.class,
                "-Dlog4j2.configurationFile=" + logging.toUri(),
                TestHomes.prepared(temp.resolve("home")).toString());

        assertThat(printed).isEmpty();
        assertThat(temp.resolve("home/servers.properties")).exists();
    }

    @Test
    void aServerThatFailsToStartIsNotRemembered() throws Exception {
        Path directory = TestHomes.prepared(temp);
        String jar = System.setProperty(
                "lakehouse.s3proxy", temp.resolve("missing.jar").toString());
        try (Home home = Home.open(directory)) {
            assertThatThrownBy(() -> LocalServers.start(home, EMBEDDED))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("s3proxy) is missing");
        } finally {
            if (jar == null) {
                System.clearProperty("lakehouse.s3proxy");
            } else {
                System.setProperty("lakehouse.s3proxy", jar);
            }
        }
        assertThat(directory.resolve("servers.properties")).doesNotExist();
    }

    static final class StartAndHang {
        public static void main(String[] arguments) throws Exception {
            Home home = Home.open(Path.of(arguments[0]));
            ServerOptions options = ServerOptions.of(ServerChoice.valueOf(arguments[1]));
            LocalServers servers = LocalServers.start(home, options);
            TestData.update(servers.mysql().address(), "CREATE TABLE t (id INT)", "INSERT INTO t VALUES (1)");
            System.out.print("r");
            System.out.flush();
            Hang.main(arguments);
        }
    }

    static final class StartAndStop {
        public static void main(String[] arguments) {
            try (Home home = Home.open(Path.of(arguments[0]));
                    LocalServers servers = LocalServers.start(home, ServerOptions.of(ServerChoice.AUTO))) {
                TestData.put(servers, "key", "value");
                assertThatThrownBy(() -> TestData.get(servers, "no such key")).hasMessageContaining("404");
                Topics.of(servers.kafka().address()).create("orders", 1);
                Topics.of(servers.kafka().address()).send("orders", "value");
            }
        }
    }

    static final class Hang {
        public static void main(String[] arguments) throws Exception {
            Thread.sleep(60_000);
        }
    }
}
