package dev.lakehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.lakehouse.UserError;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skipped, with the reason, where Docker cannot run the containers. */
@Tag("containers")
final class ContainersTest {
    private static final ServerOptions CONTAINERS = ServerOptions.of(ServerChoice.CONTAINERS);

    @TempDir
    Path temp;

    @BeforeEach
    void dockerRunsTheContainers() {
        Containers.assumeTheyRun();
    }

    @Test
    void dataStayWhenContainersAreStoppedAndStartedAgain() throws Exception {
        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, CONTAINERS)) {
            TestData.update(
                    servers.mysql().address(), "CREATE TABLE t (name VARCHAR(20))", "INSERT INTO t VALUES ('Łódź 🏭')");
            TestData.put(servers, "a", "kept");
            TestData.put(servers, "a/b", "kept too");
            assertThat(servers.mysql().description())
                    .matches(
                            "MySQL: MySQL \\d+\\..*, container of .*mysql:.*, 127\\.0\\.0\\.1:\\d+ \\(as requested\\)");
        }
        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, ServerOptions.of(ServerChoice.AUTO))) {
            assertThat(TestData.query(servers.mysql().address(), "SELECT name FROM t"))
                    .isEqualTo("Łódź 🏭");
            assertThat(TestData.get(servers, "a")).isEqualTo("kept");
            assertThat(TestData.get(servers, "a/b")).isEqualTo("kept too");
        }
    }

    @Test
    void containersThatOutlivedTheirKilledCommandAreReplaced() throws Exception {
        Process command = OtherProcess.start(
                LocalServersTest.StartAndHang.class, temp.toString(), ServerChoice.CONTAINERS.name());
        try (InputStream output = command.getInputStream()) {
            assertThat((char) output.read()).isEqualTo('r');
        } finally {
            command.destroyForcibly().waitFor();
        }
        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, CONTAINERS)) {
            assertThat(TestData.query(servers.mysql().address(), "SELECT COUNT(*) FROM t"))
                    .isEqualTo("1");
        }
    }

    @Test
    void rowsAreLoadedFromAStreamIntoAServerSetUpForUtf8AndUtc() throws Exception {
        byte[] rows = "1\tŁódź 🏭\n".getBytes(StandardCharsets.UTF_8);
        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, CONTAINERS)) {
            try (Connection connection = servers.mysql().address().connect(Map.of("allowLoadLocalInfile", "true"));
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))");
                ((JdbcStatement) statement).setLocalInfileInputStream(new ByteArrayInputStream(rows));
                statement.execute("LOAD DATA LOCAL INFILE 'stream' INTO TABLE t CHARACTER SET utf8mb4");
            }
            assertThat(TestData.query(servers.mysql().address(), "SELECT name FROM t"))
                    .isEqualTo("Łódź 🏭");
            assertThat(TestData.query(servers.mysql().address(), "SELECT @@character_set_database"))
                    .isEqualTo("utf8mb4");
            assertThat(TestData.query(servers.mysql().address(), "SELECT @@global.time_zone"))
                    .isEqualTo("+00:00");
        }
    }

    @Test
    void aContainerThatEndsByItselfIsReportedWithWhatItSaid() throws Exception {
        Files.writeString(
                Files.createDirectories(temp.resolve("mysql-container/mysql")).resolve("nothing"), "but a mess");

        try (Home home = Home.open(temp);
                LocalServers servers = LocalServers.start(home, CONTAINERS)) {
            assertThatThrownBy(servers.mysql()::address)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("The MySQL container (" + Docker.mysqlImage() + ") does not start.")
                    .hasMessageContaining("it stopped")
                    .hasMessageContaining(
                            home.logs().resolve("mysql-container.log").toString());
            assertThat(home.logs().resolve("mysql-container.log")).content().contains("[ERROR]");
        }
        assertThat(temp.resolve("servers.properties")).content().doesNotContain("mysql");
    }
}
